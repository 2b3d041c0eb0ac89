// Saved views: a list's filter and order under a name, kept in this browser.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const host = document.querySelector("[data-views]");
  if (!host) return;
  const list = host.querySelector("[data-views-list]");
  const key = `views:${location.pathname}`;
  const read = () => JSON.parse(localStorage.getItem(key) || "[]");
  const keep = (views) => {
    localStorage.setItem(key, JSON.stringify(views));
    draw();
  };

  function row(view) {
    const box = document.createElement("div");
    box.className = "d-flex align-items-center";
    const link = document.createElement("a");
    link.className = "dropdown-item";
    link.href = location.pathname + view.query;
    link.textContent = view.name;
    if (view.query === location.search) link.setAttribute("aria-current", "true");
    const drop = document.createElement("button");
    drop.type = "button";
    drop.className = "btn-close me-2";
    drop.setAttribute("aria-label", `Forget ${view.name}`);
    drop.addEventListener("click", (event) => {
      event.stopPropagation();
      keep(read().filter((one) => one.name !== view.name));
    });
    box.append(link, drop);
    return box;
  }

  function draw() {
    const views = read();
    const none = document.createElement("div");
    none.className = "dropdown-item-text text-secondary";
    none.textContent = "None saved yet";
    list.replaceChildren(...(views.length ? views.map(row) : [none]));
  }

  host.querySelector("[data-views-save]").addEventListener("click", () => {
    const name = (prompt("Name of this view") || "").trim();
    if (!name) return;
    const query = new URLSearchParams(location.search);
    query.delete("page");
    const text = query.toString();
    keep([...read().filter((one) => one.name !== name), { name, query: text ? `?${text}` : "" }]);
  });
  draw();
});
