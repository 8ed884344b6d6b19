// The handle of a slider takes the name of the number field above it.
function name(panel) {
  for (const row of panel.querySelectorAll(".bakhmut-number")) {
    const words = row.querySelector("label")?.textContent;
    for (const handle of row.querySelectorAll(".noUi-handle")) {
      if (handle.ariaLabel !== words) handle.ariaLabel = words;
    }
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
