// Marking words: what is selected in a text becomes START-END, in code points of the article.
(() => {
  "use strict";

  // A string counts UTF-16 units, a record code points: an emoji is two of the one, one of the other.
  const codePoints = (words) => [...words].length;

  // Returns where the selected words begin and end, null where none of an article are selected.
  function selectedSpan() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const parts = [...document.querySelectorAll("[data-start]")]
      .filter((line) => range.intersectsNode(line))
      .map((line) => partOf(line, range))
      .filter(Boolean);
    return parts.length ? [parts[0][0], parts.at(-1)[1]] : null;
  }

  // Returns what of a line is within a range, without the blanks at its edges.
  function partOf(line, range) {
    const before = document.createRange();
    before.selectNodeContents(line);
    const whole = before.cloneRange();
    if (whole.compareBoundaryPoints(Range.START_TO_START, range) < 0) whole.setStart(range.startContainer, range.startOffset);
    if (whole.compareBoundaryPoints(Range.END_TO_END, range) > 0) whole.setEnd(range.endContainer, range.endOffset);
    before.setEnd(whole.startContainer, whole.startOffset);
    const words = whole.toString();
    if (!words.trim()) return null;
    const start = Number(line.dataset.start) + codePoints(before.toString() + words) - codePoints(words.trimStart());
    return [start, start + codePoints(words.trim())];
  }

  // Returns where some words stand in the lines, as a range to be lit; null where they are not shown.
  function rangeOf([start, end]) {
    const found = document.createRange();
    const isSet = [start, end].map((at, isEnd) => {
      const line = [...document.querySelectorAll("[data-passage] [data-start]")]
        .find((one) => at >= Number(one.dataset.start) && at - Number(one.dataset.start) <= codePoints(one.textContent));
      if (!line) return false;
      const units = [...line.textContent].slice(0, at - Number(line.dataset.start)).join("").length;
      if (isEnd) found.setEnd(line.firstChild, units);
      else found.setStart(line.firstChild, units);
      return true;
    });
    return isSet.every(Boolean) ? found : null;
  }

  const passage = document.querySelector("[data-passage]");
  const marks = [...document.querySelectorAll("[data-mark]")];
  const more = document.getElementById("more");
  let chosen = null; // the field that marking fills

  const partsIn = (field) => [...field.value.matchAll(/(\d+)-(\d+)/g)].map(([, start, end]) => [Number(start), Number(end)]);

  function show() {
    if (!chosen) return;
    const ranges = partsIn(chosen).map(rangeOf);
    document.getElementById(chosen.getAttribute("aria-describedby")).textContent = ranges.map((one) => one?.toString() ?? "…").join(" … ");
    if (window.Highlight) CSS.highlights.set("chosen", new Highlight(...ranges.filter(Boolean)));
  }

  function choose(mark) {
    for (const one of marks) one.setAttribute("aria-pressed", String(one === mark));
    chosen = document.getElementById(mark.dataset.mark);
    show();
  }

  function fill([start, end]) {
    const words = getSelection().toString().trim();
    const name = [...document.querySelectorAll("#actors option")].map((one) => one.value).find((one) => one.toLowerCase() === words.toLowerCase());
    const kind = chosen.dataset.marked;
    const part = kind === "parties" ? `${name || ""}@${start}-${end}` : `${start}-${end}`;
    const joined = kind === "parties" ? "; " : ", ";
    // A part within the new one was marked on the way to it, or is widened: the new one takes its place.
    const isWithin = (held) => partsIn({ value: held }).some(([first, last]) => start <= first && last <= end);
    const others = chosen.value.split(joined.trim()).map((one) => one.trim()).filter((one) => one && !isWithin(one));
    chosen.value = kind !== "span" && more.checked ? [...others, part].join(joined) : part;
    show();
  }

  if (passage && marks.length) {
    for (const mark of marks) {
      mark.hidden = false;
      mark.addEventListener("click", () => choose(mark));
      document.getElementById(mark.dataset.mark).addEventListener("input", () => choose(mark));
    }
    document.querySelector("[data-more]").hidden = false;
    choose(marks.find((one) => document.getElementById(one.dataset.mark).required) || marks[0]);
    let began = false; // whether the pointer went down in the passage
    document.addEventListener("pointerdown", (event) => { began = passage.contains(event.target); });
    document.addEventListener("pointerup", () => setTimeout(() => { // the selection is there after it
      const span = began && selectedSpan();
      if (span) fill(span);
    }));
  }

  const adding = document.getElementById("add-row");
  if (adding) {
    const plain = adding.href;
    const story = document.getElementById("story");
    // No selection begins on a link: while the button is down, underlined words are none.
    let link = null;
    let address = null;
    story.addEventListener("pointerdown", (event) => {
      link = event.pointerType === "mouse" && event.button === 0 ? event.target.closest("a.run") : null;
      if (!link) return;
      address = link.getAttribute("href");
      link.removeAttribute("href");
    });
    for (const ends of ["pointerup", "pointercancel"]) {
      document.addEventListener(ends, () => {
        link?.setAttribute("href", address);
        link = null;
      });
    }
    const isMarked = () => story.contains(getSelection().anchorNode) && selectedSpan();
    adding.addEventListener("mousedown", (event) => event.preventDefault()); // what is selected stays so
    document.addEventListener("selectionchange", () => {
      const span = isMarked();
      adding.href = span ? `${plain}&span=${span.join("-")}` : plain;
      adding.classList.toggle("ready", Boolean(span));
    });
    story.addEventListener("click", (event) => { // the end of a selection opens no note
      if (adding.contains(event.target) || !isMarked()) return;
      event.preventDefault();
      event.stopPropagation();
    }, true);
  }
})();
