// What every page needs: keys, notices, dialogs, live updates, the warning before the log-out.
"use strict";

// Keys ---------------------------------------------------------------------------------------------------
const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !typing(event.target) && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    document.getElementById("search")?.focus();
  }
  if (event.key === "Escape" && event.target.id === "search") {
    event.target.value = "";
    document.getElementById("search-results").replaceChildren();
  }
  // Arrow keys walk through search results and through rows that can be opened.
  if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target.closest(".search")) {
    const links = [...document.querySelectorAll("#search-results a")];
    if (links.length) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      const next = links.indexOf(document.activeElement) + step;
      (links[next] || (step > 0 ? links[0] : document.getElementById("search"))).focus();
    }
  }
  // A page names its keys with data-key; the key presses the button or follows the link.
  if (!typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1) {
    const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (target) {
      event.preventDefault();
      target.click();
    }
  }
});

// Notices ------------------------------------------------------------------------------------------------
function notice(kind, text, cure) {
  const box = document.createElement("div");
  box.className = `alert alert-${kind} alert-dismissible`;
  box.setAttribute("role", "alert");
  const strong = document.createElement("strong");
  strong.textContent = text;
  box.append(strong);
  if (cure) box.append(` ${cure}`);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn-close";
  close.setAttribute("aria-label", "Close");
  close.addEventListener("click", () => box.remove());
  box.append(close);
  document.getElementById("notices").append(box);
  if (kind === "success" || kind === "info") setTimeout(() => box.remove(), 6000);
}
// What went well is read and gone; what went wrong stays until it is closed.
for (const box of document.querySelectorAll("#notices .alert-success, #notices .alert-info")) setTimeout(() => box.remove(), 6000);
document.body.addEventListener("notice", (event) => notice(event.detail.kind, event.detail.text, event.detail.cure));
document.body.addEventListener("htmx:responseError", (event) =>
  notice("danger", `The server answered ${event.detail.xhr.status}.`, "Nothing was changed. Reload the page and try again."));
document.body.addEventListener("htmx:sendError", () =>
  notice("danger", "The server cannot be reached.", "What you typed is still here. Try again in a moment."));

// Dialogs: whatever is loaded into #dialog-content is shown; the event closeDialog hides it. ----------------
const dialog = () => tabler.bootstrap.Modal.getOrCreateInstance(document.getElementById("dialog"));
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id === "dialog-content" && event.detail.target.childElementCount) dialog().show();
});
document.body.addEventListener("closeDialog", () => dialog().hide());

// Live updates: a notice of the event stream becomes an event "live:<topic>" that hx-trigger can name. -------
document.body.addEventListener("htmx:sseOpen", () => document.body.setAttribute("data-live", "on"));
document.body.addEventListener("htmx:sseError", () => document.body.setAttribute("data-live", "off"));
document.body.addEventListener("htmx:sseOpen", (event) => {
  const source = event.detail.source;
  const topics = new URL(source.url).searchParams.get("topics").split(",");
  for (const topic of [...topics, "refresh"]) {
    source.addEventListener(topic, (message) => {
      const told = topic === "refresh" ? [...topics, "refresh"] : [topic];
      for (const name of told) htmx.trigger(document.body, `live:${name}`, { reference: message.data });
      // A page about one thing listens for that thing: live:claims-12.
      if (message.data) htmx.trigger(document.body, `live:${topic}-${message.data}`);
    });
  }
});

// Of tabs that do not fit, the one that is open is seen.
for (const tab of document.querySelectorAll(".overflow-auto > .nav-item > .active")) {
  const list = tab.closest(".overflow-auto");
  list.scrollLeft += tab.getBoundingClientRect().right - list.getBoundingClientRect().right + 48;
}

// Rows that open: the whole row follows its first link. ------------------------------------------------------
document.addEventListener("click", (event) => {
  const row = event.target.closest("tr[data-href]");
  if (row && !event.target.closest("a, button, input, label, select")) location.href = row.dataset.href;
  const theme = event.target.closest("[data-theme-switch]");
  if (theme) {
    const next = document.documentElement.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    document.documentElement.setAttribute("data-bs-theme", next);
    localStorage.setItem("theme", next);
  }
  if (event.target.closest("[data-print]")) print();
  const copy = event.target.closest("[data-copy]");
  if (copy) copied(document.getElementById(copy.dataset.copy));
});
// Text to be copied. Where the browser does not let us (no https), it is chosen, and the keys do it.
async function copied(source) {
  try {
    await navigator.clipboard.writeText(source.textContent);
    notice("success", "Copied.");
  } catch {
    getSelection().selectAllChildren(source);
    notice("info", "Chosen: copy it with Ctrl-C.");
  }
}
// A form that asks first: data-confirm says what it will do.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
}, true);
// A field that sends its form when it changes.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
});

// One press sends a form once: pressed again while the answer is on its way, it stays as it was. The server sees to it
// that nothing happens twice; this keeps the answer to the first press from being hidden by a refusal of the second.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || (form.getAttribute("method") || "").toLowerCase() !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What was typed into a form that is refused stands there again on the page that says why. Kept in this tab, until the
// next page; never passwords and files.
{
  const UNKEPT = ["hidden", "password", "file", "submit", "button"];
  const isPost = (form) => (form.getAttribute("method") || "").toLowerCase() === "post";
  const target = (form) => new URL(form.getAttribute("action") || "", location.href).pathname;
  const alike = (path) => [...document.forms].filter((form) => isPost(form) && target(form) === path);
  const typed = (form) => [...form.elements].filter((field) => field.name && !UNKEPT.includes(field.type));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !isPost(form)) return;
    const path = target(form);
    const fields = typed(form).map((field) => [field.name, field.value, Boolean(field.checked)]);
    sessionStorage.setItem("typed", JSON.stringify({ page: location.pathname, path, place: alike(path).indexOf(form), fields }));
  });
  const kept = JSON.parse(sessionStorage.getItem("typed") || "null");
  sessionStorage.removeItem("typed");
  if (kept && kept.page === location.pathname && document.querySelector("#notices .alert-danger")) {
    const form = alike(kept.path)[kept.place];
    const fields = form ? typed(form) : [];
    // The same fields in the same order, or nothing is put back: it is not the form that it was.
    if (fields.length === kept.fields.length && fields.every((field, place) => field.name === kept.fields[place][0])) {
      fields.forEach((field, place) => {
        if (field.type === "checkbox" || field.type === "radio") field.checked = kept.fields[place][2];
        else field.value = kept.fields[place][1];
      });
    }
  }
}

// Log-out warning --------------------------------------------------------------------------------------------
const limit = Number(document.body.dataset.logoutSeconds || 0);
let last = Date.now();
const touched = () => { last = Date.now(); };
document.body.addEventListener("htmx:afterRequest", touched);
if (limit) {
  setInterval(() => {
    const left = Math.round(limit - (Date.now() - last) / 1000);
    const warning = document.getElementById("logout-warning");
    warning.hidden = left > 120;
    warning.querySelector("[data-remaining]").textContent = left > 60 ? "two minutes" : `${Math.max(left, 0)} seconds`;
    if (left <= 0) location.href = "/accounts/login/";
  }, 1000);
  document.querySelector("[data-stay]").addEventListener("click", () => fetch("/health/signed-in").then(touched));
}
