/* A heavy file says how far it has gone. Without this script, the browser's own progress does. */
"use strict";
(() => {
  function show(form, words, percent) {
    const shown = form.querySelector("[data-progress-shown]");
    const bar = shown.querySelector("progress");
    shown.hidden = false;
    const said = shown.querySelector("[data-progress-said]");
    if (said.textContent !== words) said.textContent = words;
    if (percent === null) bar.removeAttribute("value");
    else bar.value = percent;
  }

  function stop(form) {
    form.querySelector("[data-progress-shown]").hidden = true;
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled=true]")) button.removeAttribute("aria-disabled");
  }

  /* The page that refuses, in place of the one that asked; a page accepted is opened at its own address. */
  function answer(request, form) {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const main = new DOMParser().parseFromString(request.responseText, "text/html").querySelector("main");
    if (!main) {
      stop(form);
      window.showTrouble("server", form);
      return;
    }
    document.querySelector("main").replaceWith(document.adoptNode(main));
    (main.querySelector(".error-summary") || main).focus();
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !form.hasAttribute("data-progress") || !form.querySelector("input[type=file]").files.length) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => show(form, "Envoi du fichier…", Math.floor((loaded * 100) / total)));
    request.upload.addEventListener("load", () => show(form, "Lecture du fichier…", null));
    request.addEventListener("load", () => answer(request, form));
    request.addEventListener("error", () => {
      stop(form);
      window.showTrouble("network", form);
    });
    show(form, "Envoi du fichier…", 0);
    request.open("POST", form.action);
    request.send(new FormData(form));
  });
})();
