// What every page has: keys, a line while it works, dialogs, copying.
(() => {
  "use strict";

  const working = document.querySelector(".working");
  const help = document.querySelector(".keys-help");
  const SOON = 200; // milliseconds that a page may take before it is said that it works
  const SEQUENCE = 1200; // milliseconds between g and the key after it

  // What is folded away on a narrow screen is open on a wide one.
  const wide = matchMedia("(min-width: 60rem)");
  function unfold() {
    for (const fold of document.querySelectorAll("details.facets[data-wide]")) fold.open = wide.matches;
  }
  wide.addEventListener("change", unfold);
  document.addEventListener("htmx:afterSwap", unfold);
  unfold();

  // Where the bar has no room for all places, the current one is seen.
  const current = document.querySelector(".bar nav [aria-current]");
  if (current) {
    const nav = current.closest("nav");
    nav.scrollLeft = current.offsetLeft - nav.offsetLeft - (nav.clientWidth - current.offsetWidth) / 2;
  }

  let timer = 0;
  function work() {
    clearTimeout(timer);
    timer = setTimeout(() => { working.hidden = false; }, SOON);
  }
  function rest() {
    clearTimeout(timer);
    working.hidden = true;
  }
  document.addEventListener("submit", work);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const leaves = link && link.origin === location.origin && !link.hasAttribute("download") && link.target !== "_blank";
    const moves = leaves && (link.pathname !== location.pathname || link.search !== location.search);
    if (moves && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) work();
  });
  addEventListener("pageshow", rest);
  document.addEventListener("htmx:beforeRequest", work);
  document.addEventListener("htmx:afterRequest", rest);

  document.addEventListener("click", async (event) => {
    if (event.target.closest("[data-do=keys]")) help.showModal();
    const copy = event.target.closest("[data-copy]");
    if (copy) {
      const field = copy.parentElement.querySelector("input, textarea");
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        copy.textContent = "Copied";
      } catch {
        copy.textContent = "Press Ctrl+C";
      }
    }
  });

  const isTyping = (target) => target.matches("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");

  let begun = -Infinity; // when g was pressed
  const rows = () => [...document.querySelectorAll(".rows .row .says > a")];

  function step(by) {
    const listed = rows();
    if (!listed.length) return false;
    const at = listed.findIndex((link) => link.closest(".row").contains(document.activeElement));
    const next = listed[Math.max(0, Math.min(listed.length - 1, at < 0 ? (by > 0 ? 0 : listed.length - 1) : at + by))];
    next.focus();
    next.closest(".row").scrollIntoView({ block: "nearest" });
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.defaultPrevented) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.timeStamp - begun < SEQUENCE) {
      begun = -Infinity;
      const link = document.querySelector(`.bar [data-key="${CSS.escape(event.key)}"]`);
      if (link) {
        event.preventDefault();
        link.click();
        return;
      }
    }
    const steps = { j: 1, k: -1 };
    const search = document.querySelector("main input[type=search]") || document.getElementById("quick");
    const turn = { n: "next", p: "prev" }[event.key];
    const page = turn && document.querySelector(`.pager a[rel=${turn}]`);
    if (event.key === "g") begun = event.timeStamp;
    else if (event.key === "/") search.focus();
    else if (event.key === "?") help.showModal();
    else if (page) page.click();
    else if (event.key in steps && step(steps[event.key])) event.preventDefault();
    else return;
    event.preventDefault();
  });
})();
