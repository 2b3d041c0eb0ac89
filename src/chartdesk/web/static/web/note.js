// The note: what a search finds is added by a click, and the time of the last save is shown.
"use strict";

// Typing in a search field changes nothing in the note, so it must not save it.
for (const name of ["diagnosis", "procedure"]) {
  document.getElementById(name)?.addEventListener("change", (event) => event.stopPropagation());
}

// A code was added: the search begins anew.
document.body.addEventListener("htmx:afterRequest", (event) => {
  const kind = event.detail.elt.dataset?.add;
  if (!kind) return;
  const field = document.getElementById(kind);
  field.value = "";
  document.getElementById(`${kind}-hits`).replaceChildren();
  field.focus();
});

document.body.addEventListener("noteSaved", () => {
  document.getElementById("saved").textContent = `saved ${new Date().toLocaleTimeString([], { timeStyle: "short" })}`;
});

// Enter in a search field of the form looks for codes and does not sign.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest("#note") && event.target.tagName === "INPUT") event.preventDefault();
});
