// The note: codes are added by a click on a hit, the time of the last save is shown, signing asks once.
"use strict";

document.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-add]");
  if (!hit) return;
  const field = document.getElementById(hit.dataset.add);
  field.value = "";
  document.getElementById(`${hit.dataset.add}-hits`).replaceChildren();
  field.focus();
  htmx.ajax("POST", document.getElementById("note").getAttribute("hx-post"), {
    source: "#note",
    target: "#note-codes",
    swap: "outerHTML",
    values: { [`add-${hit.dataset.add}`]: hit.dataset.code },
  });
});

document.body.addEventListener("noteSaved", () => {
  document.getElementById("saved").textContent = `saved ${new Date().toLocaleTimeString([], { timeStyle: "short" })}`;
});

// Enter in a search field of the form looks for codes and does not sign.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest("#note") && event.target.tagName === "INPUT") event.preventDefault();
});
