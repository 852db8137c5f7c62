// Claims of a number: a mark at each number that is named, by date; the shape is the kind of source.
// What one source says on different days is joined; nothing is averaged.

const DAY = 86_400_000;
const SHAPES = {
  authority: "circle", international: "square", armed: "triangle", independent: "diamond",
  person: "star", unnamed: "wye", none: "hexagon",
};
const OPEN = 34; // pixels that an open end reaches
const SPACED = 13; // pixels between claims of one day

export default function figures(figure, data) {
  const { Plot, d3 } = globalThis;
  if (!data.claims.length) return note("No claim has a date; the list has them.");
  const parse = d3.utcParse("%Y-%m-%d");
  const width = figure.clientWidth;
  const inner = Math.max(120, width - 90);
  const rows = data.claims.map((one) => ({ ...one, day: +parse(one.last) }));
  const from = d3.min(rows, (one) => +parse(one.first));
  const to = d3.max(rows, (one) => one.day);
  const pad = Math.max(2 * DAY, (to - from) * 0.06);
  const perPixel = (to - from + 2 * pad) / inner;
  for (const same of d3.group(rows, (one) => one.day).values()) {
    const step = Math.min(SPACED, (same.length > 1 && rows.length === same.length ? inner * 0.8 : inner / 4) / same.length);
    same.forEach((one, at) => { one.x = new Date(one.day + (at - (same.length - 1) / 2) * step * perPixel); });
  }
  const points = rows.flatMap((one) => [...new Set([one.low, one.high])].filter((value) => value !== null).map((value) => ({ ...one, value })));
  const values = points.map((one) => one.value);
  const [least, most] = d3.extent(values);
  const isWide = least > 0 && most / least > 60;
  const ranges = rows.filter((one) => one.low !== null && one.high !== null && one.low !== one.high);
  const open = points.filter((one) => one.low === null || one.high === null);
  const joined = new Set(data.revised);
  const joins = points.filter((one) => joined.has(one.key) && !one.denied && one.value === (one.high ?? one.low));
  const faded = (one) => (one.chosen ? 1 : 0.22);
  const title = (one) => `${one.words}\n${one.kind === "none" ? "no source given" : one.source}, ${one.outlet}\n${one.when}${one.published ? " (published)" : ""}`;
  const kinds = Object.keys(SHAPES).filter((kind) => rows.some((one) => one.kind === kind));
  const x = "x";
  const drawing = Plot.plot({
    className: "drawn",
    width,
    height: width < 600 ? 300 : 340,
    marginLeft: 62,
    marginRight: 22,
    marginTop: 26,
    marginBottom: 36,
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: "currentColor" },
    ariaLabel: `Claims by date: ${data.measure}`,
    x: { type: "utc", domain: [new Date(from - pad), new Date(to + pad)], label: null, ticks: to - from + 2 * pad < 9 * DAY ? d3.utcDay : width < 600 ? 4 : 8 },
    y: isWide
      ? { type: "log", domain: [least * 0.7, most * 1.6], grid: true, label: null, ticks: 5, tickFormat: ",~r" }
      : { domain: [0, most * 1.12 || 1], grid: true, label: null, ticks: 5, tickFormat: ",~r" },
    symbol: { domain: kinds, range: kinds.map((kind) => SHAPES[kind]) },
    marks: [
      isWide ? null : Plot.ruleY([0]),
      Plot.line(joins, { x, y: "value", z: "key", stroke: "currentColor", strokeOpacity: 0.45, strokeDasharray: "2 4", strokeWidth: 1.5 }),
      Plot.ruleX(ranges, { x, y1: "low", y2: "high", stroke: "var(--figure)", strokeWidth: 2, strokeOpacity: faded }),
      Plot.ruleY(points.filter((one) => one.first !== one.last), {
        y: "value", x1: (one) => parse(one.first), x2: (one) => parse(one.last), stroke: "var(--figure)", strokeWidth: 4, strokeOpacity: (one) => 0.25 * faded(one),
      }),
      ...[["low", -1], ["high", 1]].map(([bound, up]) => Plot.vector(open.filter((one) => one[bound] !== null), {
        x, y: "value", length: OPEN, rotate: up < 0 ? 0 : 180, anchor: "start", stroke: "var(--figure)", strokeWidth: 1.5,
        strokeOpacity: (one) => 0.6 * faded(one),
      })),
      Plot.dot(points, {
        x, y: "value", symbol: "kind", r: 5.5, stroke: "var(--figure)", strokeWidth: 1.75, strokeOpacity: faded,
        fill: (one) => (one.kind === "none" || one.denied ? "var(--paper)" : "var(--figure)"), fillOpacity: faded,
        href: "url", title, ariaLabel: (one) => title(one).replaceAll("\n", "; "),
      }),
      Plot.dot(points.filter((one) => one.denied), { x, y: "value", symbol: "times", r: 8, stroke: "var(--demand)", strokeWidth: 2, strokeOpacity: faded, pointerEvents: "none" }),
      Plot.text([isWide ? "each step of the scale is ten times the last" : ""], { frameAnchor: "top-left", dy: -18, text: (words) => words, fill: "var(--quiet)" }),
    ],
  });
  return [legend(Plot, data.sources, kinds), drawing];
}

function legend(Plot, sources, kinds) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const kind of kinds) {
    const item = document.createElement("li");
    const mark = Plot.plot({
      className: "drawn", width: 16, height: 16, margin: 0, axis: null, ariaHidden: "true",
      marks: [Plot.dot([0], { frameAnchor: "middle", symbol: SHAPES[kind], r: 5, stroke: "var(--figure)", strokeWidth: 1.75, fill: kind === "none" ? "var(--paper)" : "var(--figure)" })],
    });
    item.append(mark, sources[kind]);
    list.append(item);
  }
  return list;
}

function note(words) {
  const line = document.createElement("p");
  line.className = "none";
  line.textContent = words;
  return line;
}
