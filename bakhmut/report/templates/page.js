// What belongs to one figure lights up together; a link into something folded opens it; one switch
// for all code; no tab stop at a table that needs no scrolling.
"use strict";
const named = [...document.querySelectorAll("[data-claim]")];
const claimsOf = (part) => part.dataset.claim.split(" ");
function light(part) {
  const on = part ? claimsOf(part) : [];
  for (const other of named) other.classList.toggle("lit", claimsOf(other).some((claim) => on.includes(claim)));
}
const near = (event) => light(event.target.closest?.("[data-claim]"));
document.addEventListener("mouseover", near);
document.addEventListener("focusin", near);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  light(null);
  if (document.activeElement?.closest("svg, mark")) document.activeElement.blur();
});

function unfold() {
  let part = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!part) return;
  for (let fold = part.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  part.scrollIntoView();
}
window.addEventListener("hashchange", unfold);
unfold();

const button = document.getElementById("unfold");
const code = [...document.querySelectorAll("details.code")];
function show(open) {
  button.setAttribute("aria-pressed", String(open));
  for (const part of code) part.open = open;
  if (open) for (const part of code) part.closest("details.work").open = true;
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
