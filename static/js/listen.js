/* After an answer: say it, put the focus where reading goes on, and tell what went wrong. Events: htmx 4. */
"use strict";
(() => {
  const trouble = () => document.getElementById("trouble");
  let failed = null;

  function announce(text) {
    const announcer = document.getElementById("announcer");
    announcer.textContent = "";
    setTimeout(() => { announcer.textContent = text; }, 50);
  }

  function show(kind, source, said = "") {
    for (const part of trouble().querySelectorAll("[data-trouble]")) {
      part.hidden = part.dataset.trouble !== kind;
      if (kind === "said" && !part.hidden) part.textContent = said;
    }
    trouble().hidden = false;
    failed = source;
  }

  function hide() {
    trouble().hidden = true;
    failed = null;
  }

  const same = (one, other) => one && other && (one === other || (one.id && one.id === other.id));

  /* An error answered as a whole page is never swapped into a part of this one: its own words are shown instead. */
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const isPage = /^\s*<!doctype/i.test(ctx.text);
    const page = new DOMParser().parseFromString(isPage ? ctx.text : "", "text/html");
    const main = page.querySelector("main");
    const status = main?.dataset.error || String(ctx.response.status);
    if (isPage) ctx.swap = "none";
    renewToken(page.querySelector("input[name=csrf_token]")?.value);
    if (status === "401") show("401", ctx.sourceElement);
    else if (ctx.response.status >= 500) show("server", ctx.sourceElement);
    else if (isPage) show("said", ctx.sourceElement, main?.querySelector("[data-said]")?.textContent.trim() || document.title);
  });

  /* The session that comes after has another token: without it, the kept form could never be sent again. */
  function renewToken(token) {
    if (token) for (const input of document.querySelectorAll("input[name=csrf_token]")) input.value = token;
  }

  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx) show(ctx.response ? "server" : "network", ctx.sourceElement);
  });

  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.request.method !== "GET" || same(failed, ctx.sourceElement)) hide();
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-trouble-close]")) hide();
  });

  /* The focus follows the reading: an error summary, what asks for it, or, when the swap removed the focused element, its heading. */
  document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
    const active = document.activeElement;
    ctx.heldFocus = active !== document.body && tasks.some((task) => task.target?.contains?.(active));
  });

  document.addEventListener("htmx:before:settle", ({ detail: { task, newContent } }) => {
    const parts = newContent.filter((node) => node.nodeType === Node.ELEMENT_NODE);
    const find = (selector) => parts.map((part) => (part.matches(selector) ? part : part.querySelector(selector))).find(Boolean);
    const said = find("[data-announce]");
    if (said) announce(said.dataset.announce || said.textContent.replace(/\s+/g, " ").trim());
    const aim = find(".error-summary, [data-focus]");
    if (aim) focusOn(aim);
    else if (task.type === "main") task.target.reading = find("h1, h2, h3") || parts[0];
  });

  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (!ctx.heldFocus || document.activeElement !== document.body) return;
    const target = ctx.target?.isConnected ? ctx.target : ctx.sourceElement;
    focusOn(target?.reading || document.getElementById("main"));
  });

  function focusOn(element) {
    if (!element?.matches("a[href], button, input, select, textarea, [tabindex]")) element?.setAttribute("tabindex", "-1");
    element?.focus();
  }

  /* A search as one types makes one step of history, not one a letter. */
  document.addEventListener("htmx:before:history:update", ({ detail }) => {
    if (detail.sourceElement?.matches?.("[role=search]") && location.search) detail.history.type = "replace";
  });

  addEventListener("DOMContentLoaded", () => document.querySelector(".error-summary")?.focus());
  window.showTrouble = show;
})();
