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
  }
}
// This runs before it has its place in the page.
function start(tries) {
  const panel = element.closest(".bakhmut-explore");
  if (panel) {
    new MutationObserver(() => name(panel)).observe(panel, { childList: true, subtree: true });
    name(panel);
  } else if (tries) setTimeout(start, 100, tries - 1);
}
start(100);
