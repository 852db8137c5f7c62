(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");
  const notes = document.getElementById("notes");
  const status = document.querySelector(".status");
  const sheetKeys = document.querySelector(".sheet-keys");
  const beside = matchMedia("(min-width: 48rem)");
  const desk = matchMedia("(min-width: 75rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const READING_LINE = 0.3; // of the window's height

  const cards = [...document.querySelectorAll(".card")];
  const runs = [...document.querySelectorAll(".run")];
  const places = new Map(); // row -> the runs it covers, and what each is to it
  const covers = new Map(); // run -> the rows that cover it, the closest-fitting first
  for (const run of runs) {
    const rows = run.dataset.rows.split(" ").map((part) => part.split(":"));
    // A mention has no note of its own: the words open the note of the row around them.
    covers.set(run, rows.filter(([, role]) => role !== "aside" && role !== "mention").map(([row]) => row));
    for (const [row, role] of rows) {
      if (!places.has(row)) places.set(row, []);
      places.get(row).push({ run, role });
    }
  }

  let pinned = null; // the row that was opened
  let glanced = null; // the row under the pointer or the focus
  let drawn = null;

  const cardOf = (row) => document.getElementById(row);
  const isShown = (card) => card.getClientRects().length > 0;
  const shownRows = (run) => covers.get(run).filter((row) => isShown(cardOf(row)));
  const firstRun = (row) => (places.get(row) || []).find(({ role }) => role !== "aside")?.run;
  const pace = () => (calm.matches ? "auto" : "smooth");

  function draw() {
    const row = glanced || pinned;
    if (row === drawn) return;
    if (drawn) {
      for (const { run } of places.get(drawn) || []) {
        delete run.dataset.on;
        delete run.dataset.hue;
      }
      cardOf(drawn).classList.remove("active");
    }
    if (row) {
      const card = cardOf(row);
      for (const { run, role } of places.get(row) || []) {
        run.dataset.on = role;
        run.dataset.hue = card.dataset.kind;
      }
      card.classList.add("active");
    }
    drawn = row;
  }

  function glance(row) {
    glanced = row;
    draw();
  }

  function pin(row) {
    if (pinned) cardOf(pinned).classList.remove("open");
    pinned = row;
    glanced = null;
    if (row) {
      const card = cardOf(row);
      card.classList.add("open");
      card.append(sheetKeys);
      sheetKeys.hidden = false;
      const shown = cards.filter(isShown);
      const heading = card.querySelector("h4").textContent;
      status.textContent = `${card.dataset.kind}, ${heading}: note ${shown.indexOf(card) + 1} of ${shown.length}`;
    } else {
      status.textContent = "";
    }
    draw();
  }

  function isInWindow(element, share = 1) {
    const box = element.getClientRects()[0];
    return box && box.top >= 0 && box.bottom <= innerHeight * share;
  }

  function reveal(row) {
    const run = firstRun(row);
    if (!run) return;
    const share = beside.matches ? 0.9 : 0.42;
    if (!isInWindow(run, share)) {
      const top = run.getClientRects()[0].top - innerHeight * (beside.matches ? READING_LINE : 0.2);
      scrollBy({ top, behavior: "auto" });
    }
    layOut();
  }

  function open(row) {
    pin(row);
    reveal(row);
  }

  function close() {
    const card = pinned && cardOf(pinned);
    const run = pinned && firstRun(pinned);
    const back = card && card.contains(document.activeElement);
    pin(null);
    glance(null);
    if (back && run) run.focus({ preventScroll: true });
    glance(null);
    layOut();
  }

  function current() {
    if (pinned) return cardOf(pinned);
    const run = document.activeElement.closest(".run");
    const row = run && shownRows(run)[0];
    return row ? cardOf(row) : null;
  }

  function step(by) {
    const shown = cards.filter(isShown);
    if (!shown.length) return;
    const from = current();
    let at = shown.indexOf(from) + by;
    if (!from) {
      const line = innerHeight * READING_LINE;
      at = shown.findIndex((card) => firstRun(card.id).getBoundingClientRect().bottom > line / 3);
      if (at < 0) at = shown.length - 1;
    }
    const card = shown[Math.max(0, Math.min(shown.length - 1, at))];
    pin(card.id);
    firstRun(card.id).focus({ preventScroll: true });
    reveal(card.id);
  }

  // Beside the story each note stands level with its words, as far as the notes leave each other
  // room: exactly so the note that is open, else those at the reading line, where the eye is taken to
  // be. Between two notes there, both count in part, so that nothing jumps as the story scrolls.
  const GAP = 6; // pixels between two notes
  const groups = [...document.querySelectorAll(".group")];

  // At the top when nothing has scrolled, at the foot at the end.
  function readingLine() {
    const rest = innerHeight * READING_LINE;
    const left = root.scrollHeight - innerHeight - scrollY;
    return Math.max(Math.min(rest, scrollY), innerHeight - Math.max(left, 0));
  }

  // Returns the tops of notes when one of them is level with its words and the others give way.
  function stacked(tops, heights, fixed) {
    const places = [...tops];
    for (let at = fixed + 1; at < places.length; at += 1) {
      places[at] = Math.max(tops[at], places[at - 1] + heights[at - 1] + GAP);
    }
    for (let at = fixed - 1; at >= 0; at -= 1) {
      places[at] = Math.min(tops[at], places[at + 1] - heights[at] - GAP);
    }
    return places;
  }

  function layOut() {
    const shown = cards.filter(isShown);
    if (!beside.matches || !shown.length) {
      for (const card of cards) card.style.removeProperty("top");
      notes.style.removeProperty("min-height");
      return;
    }
    const frame = notes.getBoundingClientRect().top;
    const tops = shown.map((card) => (firstRun(card.id)?.getClientRects()[0]?.top ?? frame) - frame);
    const heights = shown.map((card) => card.offsetHeight);
    const held = shown.findIndex((card) => card.id === pinned);
    let places;
    if (held >= 0 && isInWindow(firstRun(pinned) || notes)) {
      places = stacked(tops, heights, held);
    } else {
      const line = readingLine() - frame;
      let at = tops.findLastIndex((top) => top <= line);
      at = Math.max(0, at);
      const next = Math.min(at + 1, tops.length - 1);
      const share = Math.max(0, Math.min(1, (line - tops[at]) / (tops[next] - tops[at] || 1)));
      const one = stacked(tops, heights, at);
      const other = stacked(tops, heights, next);
      places = one.map((place, number) => place + share * (other[number] - place));
    }
    shown.forEach((card, number) => { card.style.top = `${Math.round(places[number])}px`; });
    notes.style.minHeight = `${Math.round(places.at(-1) + heights.at(-1))}px`;
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      layOut();
    });
  }, { passive: true });
  addEventListener("resize", layOut);

  // Pointer
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const run = event.target.closest(".run");
    const card = event.target.closest(".card");
    const row = run ? shownRows(run)[0] : card && card.id;
    glance(row || null);
  });

  document.addEventListener("click", (event) => {
    const target = event.target;
    const run = target.closest(".run");
    if (run) {
      event.preventDefault();
      choose(run, event.detail === 0);
    } else if (target.closest(".back")) {
      event.preventDefault();
      const { id } = target.closest(".card");
      open(id);
      firstRun(id)?.focus({ preventScroll: true });
    } else if (target.dataset.do) {
      ({ previous: () => step(-1), next: () => step(1), close })[target.dataset.do]();
    } else if (target.closest(".card")) {
      if (beside.matches && !getSelection().toString()) open(target.closest(".card").id);
    } else if (target.closest("main")) {
      close();
    }
  });

  // A click on words that several rows share goes from one to the next.
  function choose(run, byKey) {
    const rows = shownRows(run);
    if (!rows.length) return;
    const at = rows.indexOf(pinned);
    const row = byKey && at >= 0 ? pinned : rows[(at + 1) % rows.length];
    open(row);
    if (byKey) cardOf(row).focus({ preventScroll: true });
  }

  // Keyboard
  document.addEventListener("focusin", (event) => {
    const run = event.target.closest(".run");
    const card = event.target.closest(".card");
    if (run && !covers.get(run).includes(pinned)) glance(shownRows(run)[0] || null);
    else if (card) glance(card.id);
  });
  document.addEventListener("focusout", () => glance(null));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inMarks = event.target.closest(".run, .card");
    const steps = { j: 1, k: -1, ArrowRight: 1, ArrowLeft: -1 };
    if (inMarks) Object.assign(steps, { ArrowDown: 1, ArrowUp: -1 });
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === document.body && pinned) cardOf(pinned).focus();
    else if (event.key in steps) step(steps[event.key]);
    else return;
    event.preventDefault();
  });

  // What is shown
  const voices = [...document.querySelectorAll("input[name=voice]")];

  function refresh() {
    const wanted = new Set(voices.filter((box) => box.checked).map((box) => box.value));
    for (const card of cards) card.classList.toggle("off", wanted.size > 0 && !wanted.has(card.dataset.voice));
    for (const group of groups) group.classList.remove("off");
    const shown = new Set(cards.filter(isShown).map((card) => card.id));
    for (const group of groups) group.classList.toggle("off", ![...group.querySelectorAll(".card")].some((card) => shown.has(card.id)));
    for (const run of runs) {
      const rows = covers.get(run).filter((row) => shown.has(row));
      const kinds = new Set(rows.map((row) => cardOf(row).dataset.kind));
      for (const mark of run.querySelectorAll(".u")) mark.classList.toggle("off", !kinds.has(mark.className.match(/u-(\w+)/)[1]));
      if (run.href) run.tabIndex = rows.length ? 0 : -1;
    }
    if (pinned && !shown.has(pinned)) pin(null);
    status.textContent = `${shown.size} of ${cards.length} notes shown`;
    layOut();
  }
  document.addEventListener("change", (event) => {
    if (event.target.closest(".rail")) refresh();
  });

  const actors = [...document.querySelectorAll("[data-actor]")];
  for (const button of actors) {
    button.addEventListener("click", () => {
      const press = button.getAttribute("aria-pressed") !== "true";
      for (const other of actors) other.setAttribute("aria-pressed", String(press && other === button));
      for (const run of runs) run.classList.remove("mentioned");
      if (!press) return;
      const found = (places.get(button.dataset.actor) || []).map(({ run }) => run);
      for (const run of found) run.classList.add("mentioned");
      if (found.length && !found.some((run) => isInWindow(run))) found[0].scrollIntoView({ block: "center", behavior: pace() });
    });
  }

  function unfold() {
    for (const fold of document.querySelectorAll("details[data-wide]")) fold.open = desk.matches;
  }
  desk.addEventListener("change", unfold);
  unfold();

  const asked = location.hash.slice(1) || document.querySelector("[data-open]")?.dataset.open;
  if (places.has(asked) && cardOf(asked)) open(asked);
  else layOut();
  document.fonts?.ready.then(layOut);
})();
