/* A long text being written is kept on this device until the server says that it is saved. Offered back, never put back by itself. */
"use strict";
(() => {
  const PREFIX = "draft:";
  const SENT = "drafts-sent";
  const KEPT_FOR = 7 * 24 * 3600 * 1000;
  const keyOf = (area) => `${PREFIX}${document.body.dataset.account || ""}:${area.dataset.draft}`;
  const areas = (root) => [...root.querySelectorAll("textarea[data-draft]"), ...(root.matches?.("textarea[data-draft]") ? [root] : [])];

  /* A private window or a full disk may refuse: writing goes on without drafts. */
  function storage(act) {
    try { return act(); } catch { return null; }
  }

  const read = (key) => storage(() => JSON.parse(localStorage.getItem(key)));
  const forget = (key) => storage(() => localStorage.removeItem(key));
  const draftKeys = () => storage(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) || [];

  function offer(area) {
    const draft = read(keyOf(area));
    if (!draft || area.dataset.offered) return;
    if (draft.text === area.value) return;
    area.dataset.offered = "true";
    const notice = document.getElementById("draft-offer").content.firstElementChild.cloneNode(true);
    const at = new Date(draft.at);
    notice.querySelector("time").textContent = at.toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" });
    notice.querySelector("time").dateTime = at.toISOString();
    notice.querySelector("[data-take]").addEventListener("click", () => {
      area.value = draft.text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
      notice.remove();
      area.focus();
    });
    notice.querySelector("[data-forget]").addEventListener("click", () => {
      forget(keyOf(area));
      notice.remove();
      area.focus();
    });
    area.before(notice);
  }

  const waiting = new Map();
  const keep = (area) => storage(() => localStorage.setItem(keyOf(area), JSON.stringify({ text: area.value, at: Date.now() })));

  document.addEventListener("input", ({ target }) => {
    if (!target.matches("textarea[data-draft]")) return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(keep, 500, target));
  });

  document.addEventListener("submit", ({ target: form }) => {
    if (form.hasAttribute("data-sign-out")) {
      waiting.forEach((timer) => clearTimeout(timer));
      draftKeys().forEach(forget);
    }
    const typed = areas(form);
    for (const area of typed) {
      clearTimeout(waiting.get(area));
      if (waiting.has(area)) keep(area);
    }
    if (typed.length && !form.hasAttribute("hx-post")) storage(() => sessionStorage.setItem(SENT, JSON.stringify(typed.map(keyOf))));
  });

  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.response.status < 400 && ctx.request.method === "POST" && ctx.request.form) areas(ctx.request.form).map(keyOf).forEach(forget);
  });

  document.addEventListener("htmx:after:process", ({ target }) => areas(target).forEach(offer));

  /* Only a page that says "saved" is a proof that what was sent is safe; a copy kept on this device says it of something older. */
  addEventListener("DOMContentLoaded", () => {
    const sent = storage(() => JSON.parse(sessionStorage.getItem(SENT))) || [];
    if (!document.body.dataset.keptAt && document.querySelector("[data-flash=success], [data-saved]")) sent.forEach(forget);
    storage(() => sessionStorage.removeItem(SENT));
    for (const key of draftKeys()) if (Date.now() - (read(key)?.at ?? 0) > KEPT_FOR) forget(key);
    areas(document).forEach(offer);
  });
})();
