// A channel's form: of each transport, the fields of the kind that is chosen.
"use strict";

document.addEventListener("change", (event) => {
  const choice = event.target.closest("[data-transport]");
  if (!choice) return;
  for (const part of document.querySelectorAll(`[data-of="${CSS.escape(choice.dataset.transport)}"]`)) {
    part.hidden = part.dataset.kind !== choice.value;
  }
});
