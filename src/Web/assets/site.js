// Pages work without this. It moves focus to what went wrong, asks before what cannot be undone, and prints.
"use strict";
const errors = document.getElementById("errors");
if (errors) errors.focus();

document.addEventListener("submit", event => {
  const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
  else if (event.target.method === "post") {
    // A second press of the same button would send the form twice.
    const button = event.submitter;
    if (button) setTimeout(() => { button.disabled = true; }, 0);
  }
});
window.addEventListener("pageshow", () => document.querySelectorAll("button:disabled[type=submit], form button:disabled:not([data-disabled])").forEach(b => { b.disabled = false; }));
document.addEventListener("click", event => {
  if (event.target.closest("[data-print]")) window.print();
});

// Wide screens show the menu open; phones keep it behind its word.
const menu = document.querySelector("details.menu");
const wide = window.matchMedia("(min-width: 60rem)");
const openMenu = () => { if (menu) menu.open = wide.matches; };
wide.addEventListener("change", openMenu);
openMenu();
