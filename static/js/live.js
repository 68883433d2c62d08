/* How old is what a live page shows? Said in words; after three misses, said loudly. Events: htmx 4. */
"use strict";
(() => {
  const MISSED_AFTER = 10_000;
  let heard = Date.now();

  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement?.matches?.("[data-live]") && ctx.response?.status < 400) heard = Date.now();
  });

  setInterval(() => {
    const live = document.querySelector("[data-live]");
    const age = live?.querySelector("[data-age]");
    if (!age) return;
    const seconds = Math.round((Date.now() - heard) / 1000);
    const isLate = seconds * 1000 >= MISSED_AFTER;
    live.classList.toggle("is-late", isLate);
    age.textContent = isLate ? `Sans nouvelles depuis ${seconds} s : ces informations ont vieilli.` : `À jour il y a ${seconds} s.`;
  }, 1000);
})();
