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
    const typedSince = sent === undefined ? "" : area.value.startsWith(sent) ? area.value.slice(sent.length).trimStart() : area.value;
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
    awaited = { text: plain(sent.get(form) ?? ""), after: newest() };
    renew(form, sent.get(form));
    sayNoted("Noté.");
  });
  document.addEventListener("log:queued", ({ target }) => {
    if (!target.matches?.("form[data-entry]")) return;
    renew(target);
    sayNoted("");
    awaited = { text: "", after: newest() };
  });

  /* Once acknowledged it is said beside the button; by its number as soon as its line comes. */
  const rows = () => [...document.querySelectorAll("#entrees > .entry[id^=entree-]")].slice(0, 10);
  const numberOf = (row) => Number(row.id.slice("entree-".length));
  const newest = () => Math.max(0, ...rows().map(numberOf));
  const plain = (words) => words.replace(/\s+/g, " ").trim();
  let awaited = { text: "", after: 0 };

  function sayNoted(words) {
    const send = entry()?.querySelector(".entry-send");
    if (!send) return;
    const said = send.querySelector(".entry-noted") ?? send.appendChild(document.createElement("p"));
    said.className = "entry-noted";
    said.textContent = words;
    if (words) document.getElementById("announcer").textContent = words;
  }

  function nameNoted() {
    if (!awaited.text) return;
    const row = rows().find((one) => numberOf(one) > awaited.after && plain(one.querySelector(".entry-text")?.textContent ?? "") === awaited.text);
    if (!row) return;
    const at = row.querySelector(".entry-times")?.textContent.match(/à (\d\d:\d\d)/)?.[1];
    sayNoted(`N° ${numberOf(row)} noté${at ? ` à ${at}` : ""}`);
    awaited = { text: "", after: numberOf(row) };
  }

  document.addEventListener("log:sent", ({ detail }) => {
    if (!detail?.text) return;
    awaited.text = plain(detail.text);
    sayNoted("Noté.");
    nameNoted();
  });
  document.addEventListener("htmx:after:swap", nameNoted);

  /* On a computer one writes at once; not where the address leads elsewhere, or where something was said first. */
  const form = entry();
  const leadsElsewhere = location.hash || new URLSearchParams(location.search).has("prevenir") || document.querySelector("main .error-summary");
  if (form && !leadsElsewhere && matchMedia("(pointer: fine)").matches && document.activeElement === document.body) text(form).focus({ preventScroll: true });
})();
