// Draws every plot of a page: <figure data-plot="x" data-from="/data/x?…"> is filled by the module
// plots/x.js, whose default export is given the figure and the JSON of that address.

const version = new URL(import.meta.url).search;
const figures = [...document.querySelectorAll("[data-plot]")];

async function draw(figure) {
  const name = figure.dataset.plot;
  try {
    const [{ default: plot }, answer] = await Promise.all([
      import(`./plots/${name}.js${version}`),
      fetch(figure.dataset.from, { headers: { accept: "application/json" } }),
    ]);
    if (!answer.ok) throw new Error(`${figure.dataset.from} answers ${answer.status}`);
    const data = await answer.json();
    const again = () => {
      figure.replaceChildren(...[plot(figure, data)].flat());
      // A part of a picture that has a name of its own is a group to who hears the page.
      for (const part of figure.querySelectorAll("svg g[aria-label]:not([role])")) part.setAttribute("role", "group");
    };
    again();
    let width = figure.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(figure.clientWidth - width) < 2) return;
      width = figure.clientWidth;
      again();
    }).observe(figure);
  } catch (error) {
    const words = document.createElement("p");
    words.className = "none";
    words.textContent = "This could not be drawn; load the page again.";
    figure.replaceChildren(words);
    throw error;
  }
}

for (const figure of figures) draw(figure);
