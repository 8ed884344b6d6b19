// One switch for all code, and no tab stop at a table that needs no scrolling.
"use strict";
const button = document.getElementById("unfold");
const code = [...document.querySelectorAll("details.code")];
function show(open) {
  button.setAttribute("aria-pressed", String(open));
  for (const part of code) part.open = open;
}
if (code.length) {
  button.hidden = false;
  button.addEventListener("click", () => show(button.getAttribute("aria-pressed") !== "true"));
}
const watch = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const frame of document.querySelectorAll(".scroll")) watch.observe(frame);
