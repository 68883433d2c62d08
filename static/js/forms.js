/* A form is sent once, not into the void, and not left by mistake. */
"use strict";
(() => {
  const RESTORED_AFTER = 10_000;

  function release(form) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled=true]")) button.removeAttribute("aria-disabled");
  }

  function isTooLarge(input) {
    return [...input.files].some((file) => file.size > Number(input.dataset.maxBytes));
  }

  /* Beside its field, before anything is sent: what is typed stays. */
  function sayTooLarge(input) {
    const id = `${input.id}-error`;
    document.getElementById(id)?.remove();
    input.removeAttribute("aria-invalid");
    if (!isTooLarge(input)) return;
    const said = document.createElement("div");
    said.id = id;
    said.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.className = "error";
    words.textContent = `Ce fichier dépasse ${Math.floor(input.dataset.maxBytes / 1048576)} Mo : choisissez-en un plus léger. Rien n’a été envoyé.`;
    said.append(words);
    input.before(said);
    input.setAttribute("aria-invalid", "true");
    const described = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(id);
    input.setAttribute("aria-describedby", [...described].join(" "));
  }

  document.addEventListener("change", ({ target }) => {
    if (target.matches("input[type=file][data-max-bytes]")) sayTooLarge(target);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    const tooLarge = [...form.querySelectorAll("input[type=file][data-max-bytes]")].find(isTooLarge);
    if (tooLarge) {
      event.preventDefault();
      event.stopImmediatePropagation();
      sayTooLarge(tooLarge);
      tooLarge.focus();
      return;
    }
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
