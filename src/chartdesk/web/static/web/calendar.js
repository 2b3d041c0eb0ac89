// The day calendar: a column per provider, click to book, drag to move, live.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const host = document.getElementById("calendar");
  const resources = JSON.parse(document.getElementById("calendar-resources").textContent);
  const narrow = matchMedia("(max-width: 767px)").matches;
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

  const two = (number) => String(number).padStart(2, "0");
  const wall = (at) =>
    `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;

  // Visits are drawn anew when somebody else books. Not while a button of the mouse is down: the visit under it would be
  // another one, and the press or the drag lost.
  let letGo = null;
  let held = Promise.resolve();
  host.addEventListener("pointerdown", () => {
    letGo?.();
    held = new Promise((resolve) => { letGo = resolve; });
  });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, () => setTimeout(() => letGo?.()));
  }

  async function load(info) {
    const parameters = new URLSearchParams({ start: info.startStr, end: info.endStr });
    if (host.dataset.site) parameters.set("site", host.dataset.site);
    const provider = new URLSearchParams(location.search).get("provider");
    if (provider) parameters.set("provider", provider);
    const answer = await fetch(`${host.dataset.events}?${parameters}`, { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) {
      notice("danger", "The calendar could not be loaded.", "Reload the page.");
      return [];
    }
    const visits = await answer.json();
    await held;
    return visits;
  }

  async function move(change) {
    const event = change.event;
    const form = new URLSearchParams({
      starts: wall(event.start),
      minutes: String(Math.round((event.end - event.start) / 60000)),
      version: String(event.extendedProps.version),
    });
    if (change.newResource) form.set("provider", change.newResource.id);
    let answer;
    try {
      answer = await fetch(event.extendedProps.move, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
    } catch {
      change.revert();
      notice("danger", "The server cannot be reached.", "The visit stays where it was.");
      return;
    }
    const told = await answer.json();
    if (answer.ok) {
      notice("success", `${event.title.slice(2)} moved to ${event.start.toLocaleTimeString([], { timeStyle: "short" })}.`);
    } else {
      change.revert();
      notice("warning", told.message, told.cure);
    }
    calendar.refetchEvents();
  }

  function book(info) {
    if (!host.dataset.mayBook) return;
    const resource = info.resource || (resources.length === 1 ? resources[0] : null);
    const parameters = new URLSearchParams({ starts: wall(info.date) });
    if (resource) {
      parameters.set("provider", resource.id);
      const site = resource.extendedProps?.site;
      if (site) parameters.set("site", site);
    }
    htmx.ajax("GET", `${host.dataset.book}?${parameters}`, { target: "#dialog-content" });
  }

  const calendar = EventCalendar.create(host, {
    view: narrow ? "listDay" : "resourceTimeGridDay",
    date: `${host.dataset.date}T00:00:00`,
    headerToolbar: { start: "", center: "", end: "" },
    resources,
    eventSources: [{ events: load }],
    slotDuration: "00:15",
    slotMinTime: "07:30:00",
    slotMaxTime: "18:30:00",
    slotHeight: 22,
    flexibleSlotTimeLimits: true,
    allDaySlot: false,
    nowIndicator: true,
    editable: Boolean(host.dataset.mayBook),
    eventStartEditable: Boolean(host.dataset.mayBook),
    eventDurationEditable: Boolean(host.dataset.mayBook),
    dayHeaderFormat: () => "",
    noEventsContent: "No visits on this day.",
    eventContent: (info) => ({
      domNodes: [content(info.event)],
    }),
    eventDidMount: (info) => {
      // Reachable by keyboard: a block is a button that opens its card.
      info.el.setAttribute("tabindex", "0");
      info.el.setAttribute("role", "button");
      info.el.dataset.appointment = info.event.id;
      info.el.addEventListener("keydown", (key) => {
        if (key.key === "Enter") open(info.event);
      });
    },
    eventClick: (info) => open(info.event),
    eventDrop: move,
    eventResize: move,
    dateClick: book,
  });

  // The widget calls itself a table or a list without being one; the list view is the table. Blocks are buttons, the
  // rest is layout.
  const ROLES = ["table", "rowgroup", "row", "cell", "columnheader", "rowheader", "list", "listitem"];
  function withoutTableRoles() {
    for (const part of host.querySelectorAll(ROLES.map((role) => `[role=${role}]`).join(", "))) {
      part.removeAttribute("role");
    }
    const counts = ["aria-colindex", "aria-rowindex", "aria-colcount", "aria-rowcount", "aria-colspan", "aria-rowspan"];
    for (const name of counts) {
      for (const part of host.querySelectorAll(`[${name}]`)) part.removeAttribute(name);
    }
  }
  withoutTableRoles();
  new MutationObserver(withoutTableRoles).observe(host, { childList: true, subtree: true });

  function open(event) {
    htmx.ajax("GET", event.extendedProps.card, { target: "#dialog-content" });
  }

  function content(event) {
    const box = document.createElement("div");
    const name = document.createElement("div");
    name.className = "visit-name";
    name.textContent = event.title;
    const more = document.createElement("div");
    more.className = "visit-more";
    const at = event.start.toLocaleTimeString([], { timeStyle: "short" });
    more.textContent = [at, event.extendedProps.type, event.extendedProps.reason, event.extendedProps.room].filter(Boolean).join(" · ");
    box.append(name, more);
    return box;
  }

  for (const name of ["live:day", "live:refresh", "booked"]) {
    document.body.addEventListener(name, () => calendar.refetchEvents());
  }
});

// The booking dialog's offers fill its fields.
document.addEventListener("click", (event) => {
  const offer = event.target.closest("[data-offer-starts]");
  if (!offer) return;
  const form = offer.closest("form");
  form.elements.starts.value = offer.dataset.offerStarts;
  form.elements.provider.value = offer.dataset.offerProvider;
  form.elements.site.value = offer.dataset.offerSite;
});
