// The handles of a slider take the name of the number field or the switch above them.
function name(panel) {
  for (const row of panel.querySelectorAll(".bakhmut-number, .bakhmut-range")) {
    const words = row.querySelector("label")?.textContent.trim().replace(/: [^:]*$/, row.matches(".bakhmut-range") ? "" : "$&");
    const handles = row.querySelectorAll(".noUi-handle");
    handles.forEach((handle, at) => {
      const own = handles.length > 1 ? `${words}, ${at ? "to" : "from"}` : words;
      if (handle.ariaLabel !== own) handle.ariaLabel = own;
    });
  }
  const list = panel.querySelector(".bakhmut-conflicts");
  if (list && list.role !== "radiogroup") {
    list.role = "radiogroup";
    list.ariaLabel = "Conflicts";
    list.id = `conflicts-${Math.random().toString(36).slice(2)}`;
  }
  // One name makes one group of them, so that the arrow keys go from one to the next.
  for (const one of list?.querySelectorAll("input[type=radio]") ?? []) one.name = list.id;
}
// This runs before it has its place in the page.
function start(tries) {
  const panel = element.closest(".bakhmut-explore");
  if (panel) {
    // Else JupyterLab takes keys for its own: an arrow key in a list goes to the next cell.
    panel.dataset.lmSuppressShortcuts = "true";
    panel.addEventListener("keydown", (event) => {
      if (event.target.matches("input, select") && !event.ctrlKey && !event.metaKey) event.stopPropagation();
    });
    new MutationObserver(() => name(panel)).observe(panel, { childList: true, subtree: true });
    name(panel);
  } else if (tries) setTimeout(start, 100, tries - 1);
}
start(100);
