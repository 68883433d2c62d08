/* Writing the log without leaving the keyboard: in the empty text one key chooses the kind, Enter sends. On a telephone Enter
   is a new line. The text is emptied only once it is acknowledged, or kept by the queue of the device (`log:queued`). */
"use strict";
(() => {
  const entry = () => document.querySelector("form[data-entry]");
  const text = (form) => form.querySelector("[data-loggist]");
  const isThumb = matchMedia("(pointer: coarse)");

  function chosenBy(form, key) {
    return [...form.querySelectorAll("input[data-key]")].find((kind) => kind.dataset.key === key);
  }

  document.addEventListener("keydown", (event) => {
    const area = event.target;
    if (!area.matches?.("[data-loggist]") || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey && !isThumb.matches) {
      event.preventDefault();
      if (area.value.trim()) area.form.requestSubmit();
      return;
    }
    const kind = area.value === "" && chosenBy(area.form, event.key);
    if (!kind || area.dataset.pressed === event.key) return; // a second time the key writes itself
    event.preventDefault();
    area.dataset.pressed = event.key;
    kind.checked = true;
    document.getElementById("announcer").textContent = kind.labels[0].firstChild.textContent.trim();
  });

  document.addEventListener("keydown", (event) => {
    const form = entry();
    if (!form || !event.altKey || event.ctrlKey || event.key.toLowerCase() !== "r") return;
    event.preventDefault();
    const reason = form.querySelector("[name=late_reason]");
    const more = reason.closest("details");
    if (more) more.open = true;
    reason.focus();
  });

  /* What was sent is emptied, what was typed since is kept; the next entry has a key of its own. */
  function renew(form, sent) {
    const area = text(form);
    const typedSince = sent !== undefined && area.value !== sent ? area.value : "";
    const hadFocus = form.contains(document.activeElement);
    form.reset();
    for (const field of form.querySelectorAll("input:not([type=hidden], [type=radio], [type=checkbox]), textarea")) field.value = "";
    area.value = typedSince;
    delete area.dataset.pressed;
    form.querySelector("[name=creation_key]").value = crypto.randomUUID();
    form.querySelector("[name=device_at]").value = "";
    for (const said of form.querySelectorAll(".error-summary")) said.remove();
    if (hadFocus && !isThumb.matches) area.focus();
  }

  const sent = new WeakMap();
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const form = ctx.sourceElement;
    if (form?.matches?.("form[data-entry]")) sent.set(form, text(form).value);
  });
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const form = ctx.sourceElement;
    if (!form?.matches?.("form[data-entry]") || ctx.response?.status >= 300) return;
    renew(form, sent.get(form));
    document.getElementById("announcer").textContent = "Noté.";
  });
  document.addEventListener("log:queued", ({ target }) => {
    if (target.matches?.("form[data-entry]")) renew(target);
  });
})();
