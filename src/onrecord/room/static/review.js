// Reviewing by keys: a accept, r reject, c correct. What j and k go to (room.js) is what is meant,
// else the first row; after a decision the place in the queue is kept.
(() => {
  "use strict";

  const PLACE = "onrecord-review"; // where the queue was left: its address, and the row's number
  const queue = document.querySelector("[data-queue]");
  const rows = queue ? [...queue.children] : [];
  const isTyping = (target) => target.matches("input, textarea, select, [contenteditable]");
  const meant = () => rows.find((row) => row.contains(document.activeElement)) || rows[0] || document.getElementById("review");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const control = meant()?.querySelector(`[data-verdict="${CSS.escape(event.key)}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });

  if (!queue) return;
  queue.addEventListener("submit", (event) => {
    const at = rows.indexOf(event.target.closest(".row"));
    sessionStorage.setItem(PLACE, JSON.stringify([location.href, at]));
  });
  const [address, at] = JSON.parse(sessionStorage.getItem(PLACE) || "[null, 0]");
  sessionStorage.removeItem(PLACE);
  if (address === location.href) {
    const row = rows[Math.min(at, rows.length - 1)];
    row?.querySelector(".says > a").focus();
    row?.scrollIntoView({ block: "nearest" });
  }
})();
