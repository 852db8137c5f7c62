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
  const HOVER_PAUSE = 160; // milliseconds before the notes move to meet the pointer

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
  let pause = 0;

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

  // Brings a card level with its words, or as near as the column lets it.
  function level(row, behavior) {
    const run = firstRun(row);
    if (!beside.matches || !run) return;
    const shift = cardOf(row).getBoundingClientRect().top - run.getClientRects()[0].top;
    notes.scrollTo({ top: notes.scrollTop + shift, behavior });
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
    level(row, "auto");
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

  // As the story scrolls, the notes keep pace: what lies between two paragraphs' first lines
  // is matched to what lies between their first notes.
  const groups = [...document.querySelectorAll(".group")];
  const blocks = groups.map((group) => document.getElementById(group.dataset.block));

  // Where the eye is taken to be: at the top when nothing has scrolled, at the foot at the end.
  function readingLine() {
    const rest = innerHeight * READING_LINE;
    const left = root.scrollHeight - innerHeight - scrollY;
    return Math.max(Math.min(rest, scrollY), innerHeight - Math.max(left, 0));
  }

  function follow() {
    if (!beside.matches || !groups.length) return;
    if (pinned && isInWindow(firstRun(pinned) || notes)) return;
    const line = readingLine();
    let low = 0;
    let high = groups.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (blocks[middle].getBoundingClientRect().top <= line) low = middle;
      else high = middle - 1;
    }
    const from = blocks[low].getBoundingClientRect().top;
    const next = groups[low + 1];
    const to = next ? blocks[low + 1].getBoundingClientRect().top : blocks[low].getBoundingClientRect().bottom;
    const share = Math.max(0, Math.min(1, (line - from) / (to - from || 1)));
    const start = groups[low].offsetTop;
    const end = next ? next.offsetTop : start + groups[low].offsetHeight;
    const level = Math.max(line, low ? 0 : from);
    notes.scrollTop = start + share * (end - start) - (level - notes.getBoundingClientRect().top);
  }

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  }, { passive: true });
  addEventListener("resize", follow);

  // Pointer
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(pause);
    const run = event.target.closest(".run");
    const card = event.target.closest(".card");
    const row = run ? shownRows(run)[0] : card && card.id;
    glance(row || null);
    if (run && row) {
      pause = setTimeout(() => {
        const box = cardOf(row).getBoundingClientRect();
        const frame = notes.getBoundingClientRect();
        if (box.top < Math.max(0, frame.top) || box.bottom > innerHeight) level(row, pace());
      }, HOVER_PAUSE);
    }
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
    if (glanced && run && event.target.matches(":focus-visible")) level(glanced, "auto");
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
    follow();
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
  else follow();
})();
