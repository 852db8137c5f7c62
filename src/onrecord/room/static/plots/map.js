// Places: a dot for each that is on the map, a shade for a country of which no more is known.

const shapes = await (await fetch(new URL("../vendor/countries-110m-2.0.2.json", import.meta.url))).json();
const LEAST = 18; // degrees that are shown at least
const FEW = 0.06; // of the rows, that may lie outside on either side
const PAD = 0.18; // of what is shown, on each side

export default function map(figure, data) {
  const { Plot, d3, topojson } = globalThis;
  const width = figure.clientWidth;
  const height = Math.round(Math.min(560, Math.max(300, width * 0.5)));
  const countries = topojson.feature(shapes, shapes.objects.countries).features;
  const borders = topojson.mesh(shapes, shapes.objects.countries, (one, other) => one !== other);
  const vague = new Map(data.countries.filter((one) => one.shape).map((one) => [one.shape, one]));
  const shaded = countries.filter((one) => vague.has(one.id));
  const most = d3.max(data.countries, (one) => one.rows) ?? 1;
  const biggest = d3.max(data.towns, (one) => one.rows) ?? 1;
  const what = (one) => `${one.rows.toLocaleString("en")} ${one.rows === 1 ? data.kind.slice(0, -1) : data.kind}`;
  const titled = (one) => `${one.name}${one.country && one.country !== one.name ? `, ${one.country}` : ""}: ${what(one)}`;
  const somewhere = (one) => `somewhere in ${vague.get(one.id).name}: ${what(vague.get(one.id))}`;
  const domain = shown(d3, data.towns, shaded, vague);
  const projection = d3.geoEqualEarth().fitExtent([[0, 0], [width, height]], domain);
  const at = (one) => projection([one.lon, one.lat]);
  const outside = data.towns.filter((one) => !isIn(at(one), width, height)).length;
  const named = apart(data.towns, at, width, height);
  const drawing = Plot.plot({
    className: "drawn",
    width,
    height,
    margin: 0,
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", color: "currentColor" },
    ariaLabel: `${data.kind} by place`,
    projection: () => projection,
    r: { type: "sqrt", domain: [0, biggest], range: [0, Math.min(22, 6 + biggest * 1.5)] },
    marks: [
      Plot.geo(countries, { fill: "var(--tray)", clip: "frame" }),
      Plot.geo(shaded, {
        fill: "var(--place)", fillOpacity: (one) => 0.14 + 0.4 * Math.sqrt(vague.get(one.id).rows / most), clip: "frame",
        href: (one) => vague.get(one.id).url, title: somewhere, ariaLabel: somewhere,
      }),
      Plot.geo(borders, { stroke: "var(--rule)", strokeWidth: 0.8, clip: "frame" }),
      Plot.dot(data.towns, {
        x: "lon", y: "lat", r: "rows", fill: "var(--event)", fillOpacity: 0.55, stroke: "var(--event)", strokeWidth: 1.25,
        href: "url", title: titled, ariaLabel: titled, clip: "frame",
      }),
      Plot.text(named, {
        x: "lon", y: "lat", text: "name", textAnchor: "start", dx: 9, fill: "currentColor", stroke: "var(--paper)", strokeWidth: 3, clip: "frame", pointerEvents: "none",
      }),
      Plot.frame({ stroke: "var(--rule)", ariaHidden: "true", ariaLabel: null }),
    ],
  });
  const parts = [legend(data), drawing];
  if (outside) parts.push(note(`${outside} ${outside === 1 ? "place lies" : "places lie"} outside of what is drawn; the table has them all.`));
  return parts;
}

// What is shown: where most is set, with some of what is around it.
function shown(d3, towns, shaded, vague) {
  const weighed = [
    ...towns.map((one) => ({ at: [one.lon, one.lat], rows: one.rows })),
    ...shaded.flatMap((one) => core(d3, one).map((at) => ({ at, rows: vague.get(one.id).rows / 2 }))),
  ];
  if (!weighed.length) return { type: "Sphere" };
  let [[west, east], [south, north]] = [0, 1].map((axis) => most(d3, weighed, axis));
  const grow = (from, to) => {
    const by = Math.max((LEAST - (to - from)) / 2, (to - from) * PAD);
    return [from - by, to + by];
  };
  [west, east] = grow(west, east);
  [south, north] = grow(south, north);
  if (east - west > 200) return { type: "Sphere" };
  const [low, high] = [Math.max(south, -60), Math.min(north, 82)];
  return { type: "MultiPoint", coordinates: [[west, low], [east, low], [west, high], [east, high]] };
}

// From where to where all but a few rows lie, on one axis.
function most(d3, weighed, axis) {
  const sorted = d3.sort(weighed, (one) => one.at[axis]);
  const few = d3.sum(sorted, (one) => one.rows) * FEW;
  const ends = [sorted, [...sorted].reverse()].map((some) => {
    let passed = 0;
    return some.find((one) => (passed += one.rows) > few).at[axis];
  });
  return ends;
}

// The places that have room for their names, those with most rows first.
function apart(towns, at, width, height) {
  const taken = [];
  for (const one of towns) {
    const [x, y] = at(one);
    const free = isIn([x, y], width - 60, height) && !taken.some((other) => Math.abs(other.y - y) < 15 && Math.abs(other.x - x) < 90);
    if (free) taken.push({ x, y, one });
    if (taken.length >= (width < 600 ? 5 : 14)) break;
  }
  return taken.map(({ one }) => one);
}

function isIn([x, y], width, height) {
  return x >= 0 && y >= 0 && x <= width && y <= height;
}

// The corners of the largest part of a country: islands far away count for nothing here.
function core(d3, country) {
  const { type, coordinates } = country.geometry;
  const parts = (type === "Polygon" ? [coordinates] : coordinates).map((part) => ({ type: "Polygon", coordinates: part }));
  const [[west, south], [east, north]] = d3.geoBounds(d3.greatest(parts, (part) => d3.geoArea(part)));
  return west > east ? [d3.geoCentroid(country)] : [[west, south], [east, north]];
}

function legend(data) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const [key, words, any] of [["town", "a town or district", data.towns.length], ["country", "somewhere in the country", data.countries.length]]) {
    if (!any) continue;
    const item = document.createElement("li");
    const mark = document.createElement("span");
    mark.className = `swatch ${key}`;
    item.append(mark, words);
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
