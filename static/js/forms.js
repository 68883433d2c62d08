/* A form is sent once, not into the void, and not left by mistake. */
"use strict";
(() => {
  const RESTORED_AFTER = 10_000;

  function release(form) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled=true]")) button.removeAttribute("aria-disabled");
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const isSentByHtmx = form.hasAttribute("hx-post");
    if (!navigator.onLine && !isSentByHtmx) {
      event.preventDefault();
      window.showTrouble("network", form);
      return;
    }
    form.dataset.sent = "true";
    event.submitter?.setAttribute("aria-disabled", "true");
    if (isSentByHtmx) return;
    delete form.dataset.typed;
    setTimeout(release, RESTORED_AFTER, form);
  }, true);

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const form = ctx.request.form;
    if (!form) return;
    release(form);
    if (ctx.response?.status < 400) delete form.dataset.typed;
  });

  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard")) form.dataset.typed = "true";
  });

  addEventListener("beforeunload", (event) => {
    const isRefused = document.querySelector("form[data-guard] .error-summary") && !document.querySelector("form[data-guard][data-sent]");
    if (document.querySelector("form[data-guard][data-typed]") || isRefused) event.preventDefault();
  });
})();
