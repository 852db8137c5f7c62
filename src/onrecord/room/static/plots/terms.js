// Rates of rival words: a row for each outlet or speaker with a mark for each word, or a line for
// each word from month to month. Shapes and colours tell the words apart.

const SYMBOLS = ["circle", "diamond", "square", "triangle", "star", "wye", "cross"];
const COLOURS = ["--term", "--demand", "--statement", "--figure", "--condition", "--event", "--place"].map((name) => `var(${name})`);

export default function terms(figure, data) {
  const { Plot, d3 } = globalThis;
  if (!data.rates.length) return note("Of none of them it is known among how many words it stands.");
  const width = figure.clientWidth;
  const parse = d3.utcParse("%Y-%m");
  const isTime = data.by === "month";
  const rows = data.rates.filter((one) => !isTime || one.key).map((one) => ({ ...one, month: isTime ? parse(one.key) : null }));
  joined(d3, rows);
  const words = data.terms.filter((word) => rows.some((one) => one.term === word));
  const title = (one) => `${one.term}: ${one.uses} in ${one.words.toLocaleString("en")} words, ${one.group}`;
  const groups = [...new Set(rows.map((one) => one.group))];
  const lane = 26 + 9 * words.length; // pixels of a group: its name, and a row for each word
  const shared = {
    className: "drawn",
    width,
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: "currentColor" },
    ariaLabel: `Uses for every ${data.per} words, by ${data.by}`,
    symbol: { domain: data.terms, range: SYMBOLS },
    color: { domain: data.terms, range: COLOURS },
    marginRight: 24,
  };
  const dot = { symbol: "term", stroke: "term", fill: "term", r: 5, href: "url", title, ariaLabel: title };
  const label = `uses for every ${data.per.toLocaleString("en")} words`;
  const drawing = isTime
    ? Plot.plot({
        ...shared,
        height: 260,
        marginLeft: 44,
        marginTop: 30,
        x: { type: "utc", label: null, ticks: width < 600 ? 3 : 8, inset: 12, interval: "month" },
        y: { grid: true, label, labelAnchor: "top", labelArrow: "none", ticks: 4, zero: true },
        marks: [
          Plot.ruleY([0]),
          Plot.line(rows, { x: "month", y: "rate", z: "run", stroke: "term", strokeWidth: 1.5, strokeOpacity: 0.6 }),
          ...words.map((word, at) => Plot.dot(rows.filter((one) => one.uses && one.term === word), {
            ...dot, x: "month", y: "rate", dx: (at - (words.length - 1) / 2) * 5, // so that equal rates are seen
          })),
        ],
      })
    : Plot.plot({
        ...shared,
        height: 66 + groups.length * lane,
        marginLeft: 12,
        marginTop: 26,
        marginBottom: 40,
        x: { grid: true, label, labelAnchor: "left", labelArrow: "none", ticks: width < 600 ? 4 : 8, zero: true, inset: 8 },
        y: { type: "band", domain: groups, axis: null, padding: 0 },
        marks: [
          Plot.ruleY(groups, { y: (one) => one, stroke: "var(--rule)", dy: lane / 2 - 8 }),
          Plot.text(groups, { y: (one) => one, text: (one) => one, frameAnchor: "left", textAnchor: "start", dy: 8 - lane / 2, fontWeight: 600, fill: "currentColor" }),
          ...words.map((word, at) => Plot.dot(rows.filter((one) => one.term === word), {
            ...dot, x: "rate", y: "group", dy: lane / 2 - 8 - (words.length - 1 - at) * 9, // so that equal rates are seen
          })),
        ],
      });
  return [legend(Plot, data.terms, words), drawing];
}

// Months that follow on one another are joined; between others there is nothing to say.
function joined(d3, rows) {
  for (const [term, some] of d3.group(rows.filter((one) => one.month), (one) => one.term)) {
    let run = 0;
    d3.sort(some, (one) => one.month).forEach((one, at, all) => {
      if (at && +d3.utcMonth.offset(all[at - 1].month, 1) !== +one.month) run += 1;
      one.run = `${term} ${run}`;
    });
  }
}

function legend(Plot, all, words) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const word of words) {
    const at = all.indexOf(word);
    const item = document.createElement("li");
    const mark = Plot.plot({
      className: "drawn", width: 16, height: 16, margin: 0, axis: null, ariaHidden: "true",
      marks: [Plot.dot([0], { frameAnchor: "middle", symbol: SYMBOLS[at], r: 5, stroke: COLOURS[at], fill: COLOURS[at] })],
    });
    item.append(mark, word);
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
