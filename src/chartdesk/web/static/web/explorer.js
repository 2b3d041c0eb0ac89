// The explorer's form: rows of parameters and one line, each follows the other.
"use strict";

const rows = document.getElementById("explorer-rows");
const line = document.getElementById("explorer-line");
const type = document.getElementById("explorer-type");

const encode = (text) => encodeURIComponent(text).replace(/%(2C|3A|2F|7C|24|2A)/g, (whole) => decodeURIComponent(whole));
const decode = (text) => {
  try { return decodeURIComponent(text.replace(/\+/g, " ")); } catch { return text; }
};

function hint(row) {
  const name = row.querySelector("[data-name]").value.split(/[:.]/)[0];
  const known = [...document.querySelectorAll("#explorer-names option")].find((one) => one.value === name);
  row.querySelector("[data-hint]").textContent = known && known.label !== name ? known.label : "";
}

function add(name = "", value = "") {
  const row = document.getElementById("explorer-row").content.firstElementChild.cloneNode(true);
  row.querySelector("[data-name]").value = name;
  row.querySelector("[data-value]").value = value;
  rows.append(row);
  hint(row);
  return row;
}

function toLine() {
  const pairs = [...rows.querySelectorAll("[data-row]")]
    .map((row) => [row.querySelector("[data-name]").value.trim(), row.querySelector("[data-value]").value])
    .filter(([name]) => name);
  line.value = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function toRows() {
  rows.replaceChildren();
  const parts = line.value.trim().replace(/^\?/, "").split("&").filter(Boolean);
  for (const part of parts) {
    const cut = part.indexOf("=");
    add(decode(cut < 0 ? part : part.slice(0, cut)), cut < 0 ? "" : decode(part.slice(cut + 1)));
  }
  if (!parts.length) add();
}

rows.addEventListener("input", (event) => { hint(event.target.closest("[data-row]")); toLine(); });
rows.addEventListener("click", (event) => {
  if (!event.target.closest("[data-remove]")) return;
  event.target.closest("[data-row]").remove();
  if (!rows.childElementCount) add();
  toLine();
});
line.addEventListener("input", toRows);
document.getElementById("explorer-add").addEventListener("click", () => add().querySelector("[data-name]").focus());
// A parameter of the list becomes a row.
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("[data-use]");
  if (!chosen) return;
  const empty = [...rows.querySelectorAll("[data-row]")].find((row) => !row.querySelector("[data-name]").value);
  const row = empty || add();
  row.querySelector("[data-name]").value = chosen.dataset.use;
  hint(row);
  toLine();
  row.querySelector("[data-value]").focus();
});
// Another type: its description, and its parameters to complete with.
type.addEventListener("change", () => {
  if (!type.value) return;
  htmx.ajax("GET", type.dataset.described.replace("TYPE", type.value), "#described").then(() =>
    rows.querySelectorAll("[data-row]").forEach(hint));
});
toRows();
