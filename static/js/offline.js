/* What this device keeps of a crisis: who may have it, since when a page is kept, and nothing left after signing out. */
"use strict";
(() => {
  const PAGES = "kept:";
  const KEEP_EVERY = 5 * 60_000;
  const { account = "", keptAt = "" } = document.body.dataset;
  const isAble = window.isSecureContext && "serviceWorker" in navigator && "caches" in window;
  const isSignIn = location.pathname === "/connexion";
  const piece = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
  const saved = (count) => `${count} saisie${count > 1 ? "s" : ""} non envoyée${count > 1 ? "s" : ""}`;

  function storage(act) {
    try { return act(); } catch { return null; }
  }

  /* --- Whose device is it now? --------------------------------------------------------------------------- */

  async function forgetPages(isKept = () => false) {
    if (!isAble) return;
    for (const name of await caches.keys()) if (!isKept(name)) await caches.delete(name);
  }

  /* Nothing stays: pages, entries, drafts, and the one who would answer without network. */
  async function forgetEverything() {
    await forgetPages();
    await window.waiting?.forget(account);
    storage(() => localStorage.clear());
    storage(() => sessionStorage.clear());
    if (!isAble) return;
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  }

  const forgetDraftsOfOthers = () => storage(() => Object.keys(localStorage)
    .filter((key) => key.startsWith("draft:") && !key.startsWith(`draft:${account}:`))
    .forEach((key) => localStorage.removeItem(key)));

  /* The sign-in page is where an expired session leads too: what was typed stays for its author, what can be read goes. */
  async function settle() {
    if (isSignIn) {
      storage(() => localStorage.removeItem("account"));
      await forgetPages();
    } else if (account && !keptAt) {
      storage(() => localStorage.setItem("account", account));
      forgetDraftsOfOthers();
      await forgetPages((name) => name === PAGES + account || !name.startsWith(PAGES));
      if (isAble) navigator.serviceWorker.controller?.postMessage({ tidy: account, noMore: noMore() });
      await tellOfOthers();
    }
  }

  async function tellOfOthers() {
    const others = (await window.waiting?.others(account).catch(() => [])) ?? [];
    if (!others.length) return;
    const notice = piece("others-waiting");
    notice.querySelector("[data-others-title]").textContent = `Cet appareil garde ${saved(others.length)} d’un autre compte.`;
    notice.querySelector("[data-others-drop]").addEventListener("click", async ({ currentTarget }) => {
      if (currentTarget.dataset.sure) {
        await window.waiting.remove(...others.map(({ rank }) => rank));
        notice.remove();
        document.getElementById("main").focus();
      }
      currentTarget.dataset.sure = "true";
      currentTarget.querySelector("[data-others-words]").textContent = "Les effacer pour de bon";
    });
    document.getElementById("main").prepend(notice);
  }

  /* The list of a crisis that is closed: what was kept of it goes at once. */
  const noMore = () => document.querySelector("[data-keep-no-more]")?.dataset.keepNoMore ?? "";

  /* --- Keeping ------------------------------------------------------------------------------------------- */

  async function keep() {
    const list = document.querySelector("[data-outbox-place]")?.dataset.keep;
    if (!isAble || !account || !list || keptAt || !navigator.onLine) return;
    await navigator.serviceWorker.register("/service-worker.js", { scope: "/" });
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: list, account });
  }

  /* --- A page that comes from this device ---------------------------------------------------------------- */

  function sayKept() {
    if (!keptAt) return;
    const notice = piece("kept-notice");
    const at = new Date(keptAt);
    notice.querySelector("time").dateTime = keptAt;
    notice.querySelector("time").textContent = `${at.toLocaleDateString("fr-FR", { dateStyle: "long" })} à ${at.toLocaleTimeString("fr-FR", { timeStyle: "short" })}`;
    document.querySelector(".frame").before(notice);
    addEventListener("online", () => { notice.querySelector("[data-reload]").hidden = false; });
  }

  /* The list of each crisis as it was kept, without what is not here. */
  async function listKept() {
    const list = document.querySelector("[data-kept-list]");
    if (!list || !isAble) return;
    for (const name of (await caches.keys()).filter((one) => one.startsWith(PAGES))) {
      const cache = await caches.open(name);
      const here = new Set((await cache.keys()).map(({ url }) => url));
      for (const address of here) if (address.endsWith("/appareils/")) await listCrisis(list, await cache.match(address), here);
    }
    const isEmpty = !list.querySelector("li");
    list.hidden = isEmpty;
    document.querySelector("[data-kept-none]").hidden = !isEmpty;
  }

  async function listCrisis(list, kept, here) {
    const page = new DOMParser().parseFromString(await kept.text(), "text/html");
    for (const part of page.querySelectorAll("section:has(a[data-keep])")) {
      for (const link of part.querySelectorAll("a[data-keep]")) {
        if (!here.has(new URL(link.getAttribute("href"), location.origin).href)) link.closest("li").remove();
      }
      const heading = part.querySelector("h2");
      const title = document.createElement("h3");
      title.textContent = heading.textContent;
      if (part.querySelector("li")) list.append(title, document.adoptNode(part.querySelector("ul")));
    }
  }

  /* --- Signing out --------------------------------------------------------------------------------------- */

  async function leave(form) {
    const count = (await window.outbox?.count()) ?? 0;
    if (count) warn(form, count);
    else await go(form);
  }

  async function go(form) {
    await forgetEverything();
    form.dataset.cleared = "true";
    form.requestSubmit();
  }

  function warn(form, count) {
    const dialog = piece("leaving");
    const said = dialog.querySelector("[data-leaving-said]");
    const title = dialog.querySelector("h2");
    title.textContent = `Cet appareil garde ${saved(count)}`;
    const press = (name, act) => dialog.querySelector(`[data-leaving-${name}]`).addEventListener("click", act);
    press("stay", () => dialog.close());
    press("lose", async () => { await window.outbox.loseAll(); await go(form); });
    press("send", async () => {
      said.textContent = "Envoi…";
      await window.outbox.drain();
      const left = await window.outbox.count();
      if (!left) await go(form);
      title.textContent = `Cet appareil garde ${saved(left)}`;
      said.textContent = "Elles n’ont pas pu partir : attendez le réseau, ou corrigez celles qui sont refusées dans le journal.";
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    title.focus();
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("form[data-sign-out]") || form.dataset.cleared || !navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    leave(form);
  }, true);

  addEventListener("DOMContentLoaded", async () => {
    sayKept();
    await settle();
    await listKept();
    await keep().catch(() => {});
  });
  setInterval(() => { if (!document.hidden) keep().catch(() => {}); }, KEEP_EVERY);
})();
