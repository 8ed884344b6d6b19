// Keys for the panel: a accept, m mend, d drop, n or j next, b or k back; Escape leaves a cell.
const NAMES = { a: "accept", m: "mend", d: "drop", n: "next", j: "next", b: "back", k: "back" };
function mend(panel) {
  const cell = panel.querySelector(".bakhmut-unsure input") ?? panel.querySelector(".bakhmut-cells input");
  cell.focus();
  cell.select();
}
function pressed(panel, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input");
  const name = typing ? (event.key === "Escape" ? "accept" : null) : NAMES[event.key.toLowerCase()];
  if (!name) return;
  event.preventDefault();
  event.stopPropagation();
  const button = panel.querySelector(`.bakhmut-${name}`);
  if (typing) button.focus();
  else if (name === "mend") mend(panel);
  else {
    button.focus();
    button.click();
  }
}
// This runs before it has its place in the page.
function start(tries) {
  const panel = element.closest(".bakhmut-confirm");
  if (panel) {
    // Else JupyterLab takes a and d for its own: a new cell, a deleted one.
    panel.dataset.lmSuppressShortcuts = "true";
    // On the way down: a field keeps its keys to itself on the way up.
    panel.addEventListener("keydown", (event) => pressed(panel, event), true);
    panel.querySelector(".bakhmut-mend").addEventListener("click", () => mend(panel));
  } else if (tries) setTimeout(start, 100, tries - 1);
}
start(100);
