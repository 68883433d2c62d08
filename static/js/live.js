/* A live page asks for what is new: every 3 s while someone looks, at once when they come back, when the network does, and
   after one's own act. How old is what it shows? Said in words; after three misses, said loudly. Events: htmx 4. */
"use strict";
(() => {
  const EVERY = 3_000;
  const MISSED_AFTER = 3 * EVERY + 1_000;
  let heard = Date.parse(document.body.dataset.keptAt ?? "") || Date.now(); // a page kept by this device is as old as its copy
  let asked = 0;

  const live = () => document.querySelector("[data-live]");

  function ask() {
    if (document.hidden) return;
    asked = Date.now();
    live()?.dispatchEvent(new CustomEvent("poll"));
  }

  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const isPoll = ctx.sourceElement?.matches?.("[data-live]");
    if (isPoll && ctx.response?.status < 400) heard = Date.now();
    if (!isPoll && ctx.request.method === "POST" && ctx.response?.status < 400) ask();
  });

  /* On a telephone the strip of rooms goes beyond the screen: the one where one is comes into view. */
  const room = document.querySelector(".crisis-rooms [aria-current]");
  if (room) room.closest("ul").scrollLeft = room.offsetLeft - (room.closest("ul").clientWidth - room.offsetWidth) / 2;

  document.addEventListener("visibilitychange", ask);
  addEventListener("online", ask);
  document.addEventListener("log:sent", ask);

  setInterval(() => {
    if (Date.now() - asked >= EVERY - 100) ask();
    const age = live()?.querySelector("[data-age]");
    if (!age) return;
    const seconds = Math.round((Date.now() - heard) / 1000);
    const isLate = seconds * 1000 >= MISSED_AFTER;
    live().classList.toggle("is-late", isLate);
    age.textContent = isLate ? `Sans nouvelles depuis ${seconds} s : ces informations ont vieilli.` : `À jour il y a ${seconds} s.`;
  }, 1000);
})();
