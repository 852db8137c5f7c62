// Events in lanes. The shape and the colour say how an event stands, a bar that its day is not
// known. Dragging across the drawing leaves only the events of that time in the list below it.

const DAY = 86_400_000;
const LOOK = {
  done: { symbol: "circle", colour: "var(--event)", filled: true },
  said: { symbol: "circle", colour: "var(--event)", filled: false },
  denied: { symbol: "times", colour: "var(--demand)", filled: false },
  planned: { symbol: "triangle", colour: "var(--statement)", filled: true },
  possible: { symbol: "diamond", colour: "var(--condition)", filled: false },
};
const STEP = 13; // pixels between marks that stand on one another
const ROWS = 4; // marks on one another, before they go sideways
const HIGHEST = 12; // likewise, where sideways would lead them to another day
const LABEL = 22; // pixels above a lane for its name
const MARGIN = 12;

export default function timeline(figure, data) {
  const { Plot, d3 } = globalThis;
  if (!data.marks.length) return note("No event has a day, and no article says when it was published.");
  const parse = d3.utcParse("%Y-%m-%d");
  const width = figure.clientWidth;
  const marks = data.marks.map((one) => ({ ...one, from: +parse(one.first), to: +parse(one.last) + DAY }));
  const [start, end, before, after] = window_of(d3, marks);
  const drawn = marks.filter((one) => one.to > start && one.from < end);
  const x = d3.scaleUtc([start, end], [MARGIN, width - MARGIN]);
  const { height, lanes } = piled(d3, drawn, data.lanes, x);
  const bars = drawn.filter((one) => one.to - one.from > DAY);
  const title = (one) => `${one.words}\n${one.when}${one.published ? " (published)" : ""}, ${data.standings[one.standing]}`;
  const pale = (one) => (one.published ? 0.5 : 1);
  const standings = Object.keys(LOOK).filter((key) => drawn.some((one) => one.standing === key));
  const drawing = Plot.plot({
    className: "drawn",
    width,
    height: height + 70,
    marginTop: 36,
    marginBottom: 34,
    marginLeft: MARGIN,
    marginRight: MARGIN,
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: "currentColor" },
    ariaLabel: `Events by ${data.clock}`,
    x: { type: "utc", domain: [new Date(start), new Date(end)], label: null, ticks: width < 600 ? 4 : 9 },
    y: { domain: [0, height], range: [36, height + 36], axis: null },
    marks: [
      Plot.axisX({ anchor: "top", ticks: width < 600 ? 4 : 9, tickSize: 0 }),
      Plot.axisX({ anchor: "bottom", ticks: width < 600 ? 4 : 9 }),
      Plot.gridX({ ticks: width < 600 ? 4 : 9, strokeOpacity: 0.08 }),
      Plot.ruleY(lanes, { y: "top", stroke: "var(--rule)" }),
      Plot.text(lanes, { frameAnchor: "left", y: (one) => one.top + 12, text: "lane", fontWeight: 600, fill: "currentColor", stroke: "var(--paper)", strokeWidth: 4 }),
      Plot.link(bars, { x1: (one) => new Date(Math.max(one.from, start)), x2: (one) => new Date(Math.min(one.to, end)), y1: "y", y2: "y", stroke: (one) => LOOK[one.standing].colour, strokeWidth: 5, strokeOpacity: 0.35, strokeLinecap: "round" }),
      ...standings.map((key) => Plot.dot(drawn.filter((one) => one.standing === key), {
        x: (one) => new Date(x.invert(one.px)), y: "y", r: 4.5, symbol: LOOK[key].symbol, stroke: LOOK[key].colour, strokeWidth: 1.75,
        fill: LOOK[key].filled ? LOOK[key].colour : "var(--paper)", strokeOpacity: pale, fillOpacity: LOOK[key].filled ? pale : 1,
        href: "url", title, ariaLabel: (one) => title(one).replaceAll("\n", "; "),
      })),
    ],
  });
  brushable(d3, drawing, x, height, marks);
  const parts = [legend(Plot, data.standings, standings), drawing];
  if (before) parts.push(note(`${before} earlier ${before === 1 ? "event is" : "events are"} left out of the drawing; “From” brings them in.`));
  if (after) parts.push(note(`${after} later ${after === 1 ? "event is" : "events are"} left out of the drawing, and in the list below.`));
  if (data.undated) parts.push(note(`${data.undated} of the events listed have no day, nor has their article: they are not drawn.`));
  return parts;
}

// From when to when is drawn: few events long before or after the others would press these into a
// corner, and so would a bar that reaches far beyond them.
function window_of(d3, marks) {
  const starts = marks.map((one) => one.from).sort(d3.ascending);
  const last = d3.max(marks, (one) => one.to);
  const late = d3.quantile(starts, 0.97) + DAY;
  const end = last - late > 2 * Math.max(late - d3.quantile(starts, 0.12), DAY) ? late : last;
  const early = d3.quantile(starts, 0.12);
  const start = early - starts[0] > 2 * (end - early) ? early : starts[0];
  const pad = Math.max(2 * DAY, (end - start) * 0.03);
  return [
    start - pad,
    end + pad,
    marks.filter((one) => one.to <= start - pad).length,
    marks.filter((one) => one.from >= end + pad).length,
  ];
}

// Where marks stand that would lie on each other: each lane is as high as its highest pile.
function piled(d3, marks, names, x) {
  let top = 0;
  const lanes = [];
  for (const lane of names) {
    const mine = marks.filter((one) => one.lane === lane);
    if (!mine.length) continue;
    const right = x.range()[1];
    const far = Math.max((x(+x.domain()[0] + DAY) - x.range()[0]) / 2, 2 * STEP);
    const ends = []; // of each row, where its last mark stands
    for (const one of mine) one.px = x((Math.max(one.from, +x.domain()[0]) + one.to) / 2);
    for (const one of mine.sort((one, other) => one.px - other.px)) {
      let row = ends.findIndex((last) => last + STEP <= one.px);
      if (row < 0 && ends.length >= ROWS) {
        row = d3.minIndex(ends);
        const strays = ends[row] + STEP - one.px > far && ends.length < HIGHEST;
        if (strays || ends[row] + STEP > right) row = -1;
      }
      if (row < 0) row = ends.length;
      one.px = Math.max(one.px, (ends[row] ?? -STEP) + STEP);
      ends[row] = one.px;
      one.y = top + LABEL + 6 + row * STEP;
    }
    lanes.push({ lane, top });
    top += LABEL + 12 + (ends.length - 1) * STEP + 8;
  }
  return { height: top, lanes };
}

function brushable(d3, drawing, x, height, marks) {
  const rows = new Map([...document.querySelectorAll("#listed .row")].map((row) => [new URL(row.querySelector(".says a").href).searchParams.get("row"), row]));
  const status = document.querySelector(".brushed");
  const words = d3.utcFormat("%-d %B %Y");
  const show = (chosen, text) => {
    for (const [key, row] of rows) row.hidden = chosen !== null && !chosen.has(key);
    status.textContent = text;
  };
  const brush = d3.brushX().extent([[MARGIN, 36], [x.range()[1], height + 36]]).on("brush end", ({ selection }) => {
    if (!selection) return show(null, "");
    const [from, to] = selection.map((at) => +x.invert(at));
    const chosen = new Set(marks.filter((one) => one.to > from && one.from < to).map((one) => one.row));
    show(chosen, `${chosen.size} of ${rows.size} events, ${words(from)} to ${words(to)}. Click beside the marked time to see all.`);
  });
  const svg = d3.select(drawing.tagName === "svg" ? drawing : drawing.querySelector("svg"));
  svg.insert("g", ":first-child").attr("class", "brush").attr("aria-hidden", "true").call(brush);
}

function legend(Plot, standings, keys) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const key of keys) {
    const item = document.createElement("li");
    const { symbol, colour, filled } = LOOK[key];
    const mark = Plot.plot({
      className: "drawn", width: 16, height: 16, margin: 0, axis: null, ariaHidden: "true",
      marks: [Plot.dot([0], { frameAnchor: "middle", symbol, r: 4.5, stroke: colour, strokeWidth: 1.75, fill: filled ? colour : "var(--paper)" })],
    });
    item.append(mark, standings[key]);
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
