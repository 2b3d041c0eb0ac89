// A mapping's page: a value, its place in the message and its line in the resources mark each other.
"use strict";

const places = [...document.querySelectorAll("[data-place]")];
const values = [...document.querySelectorAll("[data-source]")];
const lines = [...document.querySelectorAll("[data-made]")];

// PID-5[2].1.1 -> the field PID-5, repetition 2, component 1, subcomponent 1.
function read(source) {
  const found = /^([A-Z0-9]{3}(?:\[\d+\])?-\d+)(?:\[(\d+)\])?(?:\.(\d+))?(?:\.(\d+))?$/.exec(source);
  return found && { field: found[1], parts: [Number(found[2] || 1), Number(found[3] || 0), Number(found[4] || 0)] };
}

// Where the n-th part of a text begins and ends; the whole of it where there are no such parts.
function cut(text, mark, number, from, to) {
  const all = text.slice(from, to).split(mark);
  if (!number || number > all.length || (all.length === 1 && number === 1)) return [from, to];
  const begin = from + all.slice(0, number - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [begin, begin + all[number - 1].length];
}

function plain(element) {
  element.textContent = element.textContent;
  element.classList.remove("marked");
}

function clear() {
  places.forEach(plain);
  for (const one of [...values, ...lines]) one.classList.remove("marked");
  for (const one of document.querySelectorAll("[data-source] details[open]")) one.open = false;
}

function seen(element) {
  const box = element.closest(".mapping-values, .file-text");
  const top = element.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (top < 0 || top > box.clientHeight - 40) box.scrollTop += top - box.clientHeight / 3;
}

// The exact part of a field, in the text that stands there.
function markPlace(source) {
  const place = read(source);
  const element = place && places.find((one) => one.dataset.place === place.field);
  if (!element) return;
  // The message says its own delimiters: "|^~\\&" as MSH-1 and MSH-2 have them.
  const [, component, repetition, , sub] = document.getElementById("sent").dataset.marks;
  const text = element.textContent;
  let range = cut(text, repetition, place.parts[0], 0, text.length);
  range = cut(text, component, place.parts[1], ...range);
  range = cut(text, sub, place.parts[2], ...range);
  const mark = document.createElement("mark");
  mark.textContent = text.slice(...range);
  element.replaceChildren(text.slice(0, range[0]), mark, text.slice(range[1]));
  seen(element);
}

function chooseValue(row) {
  const again = row.classList.contains("marked") && row.querySelector("details").open;
  clear();
  if (again) return;
  row.classList.add("marked");
  row.querySelector("details").open = true;
  markPlace(row.dataset.source);
  const line = lines.find((one) => one.dataset.made === row.dataset.at);
  if (line) {
    line.classList.add("marked");
    seen(line);
  }
  seen(row);
}

function choosePlace(element) {
  clear();
  element.classList.add("marked");
  const field = element.dataset.place;
  // Of edits: the same field on the other side.
  for (const one of places) if (one.dataset.place === field) one.classList.add("marked");
  const rows = values.filter((one) => read(one.dataset.source)?.field === field);
  for (const row of rows) {
    row.classList.add("marked");
    lines.find((one) => one.dataset.made === row.dataset.at)?.classList.add("marked");
  }
  const first = rows[0] && lines.find((one) => one.dataset.made === rows[0].dataset.at);
  if (rows[0]) seen(rows[0]);
  if (first) seen(first);
}

function choose(target) {
  const place = target.closest("[data-place]");
  const row = target.closest("[data-source]");
  const line = target.closest("[data-made]");
  if (place) choosePlace(place);
  else if (row) chooseValue(row);
  else if (line) {
    const made = values.find((one) => one.dataset.at === line.dataset.made);
    if (made) chooseValue(made);
  } else return false;
  return true;
}

document.addEventListener("click", (event) => {
  // A summary opens and closes its rows by itself; the choice does it here.
  if (choose(event.target) && event.target.closest("summary")) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if ((event.key === "Enter" || event.key === " ") && event.target.matches("[data-place], [data-made]") && choose(event.target)) event.preventDefault();
});
