// Articles by day, or by week and month where there are many days; a bar leads to its articles.

const DAY = 86_400_000;

export default function days(figure, data) {
  const { Plot, d3 } = globalThis;
  if (!data.length) return note("No article says on which day it was published.");
  const parse = d3.utcParse("%Y-%m-%d");
  const rows = data.map((one) => ({ day: parse(one.day), articles: one.articles }));
  const span = (rows.at(-1).day - rows[0].day) / DAY;
  const [unit, label] = span > 900 ? ["month", "month"] : span > 150 ? ["week", "week"] : ["day", "day"];
  const interval = d3[`utc${unit[0].toUpperCase()}${unit.slice(1)}`];
  const bars = d3.rollups(rows, (some) => d3.sum(some, (one) => one.articles), (one) => +interval.floor(one.day))
    .map(([start, articles]) => ({ start: new Date(start), end: interval.offset(new Date(start), 1), articles }));
  const iso = d3.utcFormat("%Y-%m-%d");
  const pad = span < 20 ? 7 : 1;
  return Plot.plot({
    className: "drawn",
    width: figure.clientWidth,
    height: 160,
    marginLeft: 34,
    marginRight: 8,
    marginTop: 14,
    marginBottom: 38,
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: "currentColor" },
    ariaLabel: `Articles by ${label}`,
    x: { type: "utc", domain: [interval.offset(bars[0].start, -pad), interval.offset(bars.at(-1).end, pad)] },
    y: { label: null, ticks: 3, tickFormat: (value) => (Number.isInteger(value) ? value.toLocaleString("en") : ""), grid: true },
    marks: [
      Plot.rectY(bars, {
        x1: "start",
        x2: "end",
        y: "articles",
        insetLeft: 0.5,
        insetRight: 0.5,
        fill: "var(--statement)",
        href: (one) => `/search?kind=articles&since=${iso(one.start)}&until=${iso(new Date(one.end - DAY))}`,
        title: (one) => `${iso(one.start)}: ${one.articles} article${one.articles === 1 ? "" : "s"}`,
      }),
      Plot.ruleY([0]),
    ],
  });
}

function note(words) {
  const line = document.createElement("p");
  line.className = "none";
  line.textContent = words;
  return line;
}
