/* What is typed in a crisis is first kept on this device, then sent, in order, once (its creation key says so).
   Takes over every form[data-outbox] beside a [data-outbox-place]; without this script the same form posts plainly. */
"use strict";
(() => {
  const account = document.body.dataset.account;
  const isAble = account && window.isSecureContext && window.indexedDB && navigator.locks && crypto.randomUUID;
  const AGAIN = 10_000;
  const BEAT = 60_000;
  const HEARD_EVERY = 1_100; // the server listens to a device once a second
  const PATIENCE = 20_000;
  const AT_ONCE = 10_000; // an entry older than this, when its page was closed before it left, bears the device's hour
  const LATER = new Set([408, 425, 429, 500, 502, 503, 504]);
  const TRIES = 5; // answers that say that the server fails, after which an entry no longer holds back the next ones
  const WHY = {
    403: "votre compte n’a plus ce droit.",
    404: "cette crise ou cette tâche n’existe plus.",
    413: "ce document est trop lourd.",
  };
  const tabs = isAble && window.BroadcastChannel ? new BroadcastChannel("outbox") : null;
  const place = () => document.querySelector("[data-outbox-place]");
  const pristine = new Map();
  const beingKept = new Map(); // by form: the text that is on its way to the disk, and what happened since
  let trouble = ""; // "network", "expired", "other" or none
  let sendingRank = 0;
  let tokenInHand = document.body.dataset.keptAt ? "" : document.querySelector("input[name=csrf_token]")?.value ?? "";
  let unheard = false;
  let keepsNothing = false;
  let arrived = null; // what the server said of where an entry went, when it is not where one would look

  function storage(act) {
    try { return act(); } catch { return null; }
  }

  /* Another account may have been opened in this browser since this page was: then nothing leaves from here. */
  const openNow = () => storage(() => localStorage.getItem("account"));
  const isStillMine = () => openNow() === account;
  const whoseTrouble = () => (openNow() ? "other" : "expired");

  function announce(words) {
    const announcer = document.getElementById("announcer");
    announcer.textContent = "";
    setTimeout(() => { announcer.textContent = words; }, 50);
  }

  /* « 2026-11-23T04:12:09+01:00 »: the device's own clock, and its distance from Greenwich. */
  function onThisClock(moment) {
    const offset = -moment.getTimezoneOffset();
    const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
    const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, 19);
    return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
  }

  /* --- Keeping ------------------------------------------------------------------------------------------- */

  const areas = (form) => [...form.querySelectorAll("textarea, input:not([type]), input[type=text], input[type=search]")];
  const isBlank = (form) => areas(form).every((area) => !area.value.trim());
  const isGesture = (form) => !areas(form).length; // nothing to type: a task is ticked
  const saysNothing = (form) => !isGesture(form) && !form.querySelector("[name=text]")?.value.trim();
  const words = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";
  const isTooHeavy = (input) => [...input.files].some(({ size }) => size > Number(input.dataset.maxBytes));

  function fieldsOf(form, submitter) {
    const fields = [...new FormData(form)];
    if (submitter?.name) fields.push([submitter.name, submitter.value]);
    return fields.filter(([name, value]) => !["csrf_token", "device_at"].includes(name) && !(value instanceof File && !value.size));
  }

  function kindOf(form) {
    const chosen = form.querySelector("[name=kind]:checked, select[name=kind]");
    const label = chosen?.selectedOptions?.[0] ?? chosen?.labels?.[0];
    return (label?.firstChild ?? label)?.textContent.trim() ?? "";
  }

  function entryOf(form, submitter) {
    const now = new Date();
    const said = isGesture(form) ? words(submitter ?? form.querySelector("button")) : "";
    return {
      account,
      crisis: place().dataset.crisis,
      address: new URL(form.getAttribute("action") || location.href, location.href).href,
      token: place().dataset.token,
      devices: place().dataset.devices,
      form: form.id,
      fields: fieldsOf(form, submitter),
      takesDeviceTime: Boolean(form.querySelector("[name=device_at]")),
      isGesture: isGesture(form),
      kind: said ? "Tâche" : kindOf(form),
      text: said || (form.querySelector("[name=text]")?.value ?? "").trim(),
      at: now.toISOString(),
      deviceAt: onThisClock(now),
      isOffline: !navigator.onLine || trouble === "network",
      isUncertain: false,
      failures: 0,
      state: "waiting",
      why: "",
      page: "",
    };
  }

  async function keep(form, submitter) {
    const entry = entryOf(form, submitter);
    const held = { text: entry.text, isPressedAgain: false, isTypedAnew: false };
    beingKept.set(form, held);
    const replaced = Number(form.dataset.corrects) || 0;
    try {
      const first = (await window.waiting.all(account)).find(({ rank }) => rank === replaced);
      if (first?.isOffline) Object.assign(entry, { at: first.at, deviceAt: first.deviceAt, isOffline: true });
      entry.rank = await window.waiting.add(entry, replaced);
      arrived = null;
    } catch {
      sendDirectly(form, submitter);
      return;
    } finally {
      beingKept.delete(form);
    }
    const next = form.isConnected ? emptied(form, held.isTypedAnew ? "" : entry.text) : form;
    if (held.isPressedAgain && !isGesture(next) && !saysNothing(next)) next.requestSubmit();
    await show();
    if (entry.isOffline) announce(`Gardé sur cet appareil : partira seul au retour du réseau. ${document.querySelector("[data-outbox-title]")?.textContent ?? ""}`);
    tabs?.postMessage("changed");
    drain();
  }

  /* A private window or a full disk keeps nothing: the form goes as it would without this script, and it is said. */
  function sendDirectly(form, submitter) {
    keepsNothing = true;
    show();
    form.dataset.direct = "true";
    form.requestSubmit(submitter?.isConnected ? submitter : undefined);
  }

  /* The form ready for the next fact, with what was typed after the one that is kept; the field stays the same one. */
  function emptied(form, kept) {
    delete form.dataset.sent;
    if (isGesture(form)) return form;
    const typed = form.querySelector("[name=text]")?.value.trimStart() ?? "";
    const since = typed.startsWith(kept) ? typed.slice(kept.length).trimStart() : typed;
    for (const area of form.querySelectorAll("textarea[data-draft]")) storage(() => localStorage.removeItem(`draft:${account}:${area.dataset.draft}`));
    const fresh = form.dataset.corrects && pristine.get(form.id)?.cloneNode(true);
    const next = fresh || form;
    if (fresh) {
      form.replaceWith(fresh);
      window.htmx?.process(fresh);
      areas(fresh)[0]?.focus();
    } else {
      form.reset();
    }
    const key = next.querySelector("[name=creation_key]");
    if (key) key.value = crypto.randomUUID();
    next.dispatchEvent(new CustomEvent("log:queued", { bubbles: true }));
    if (since) fill(next, "text", since);
    return next;
  }

  /* --- Sending ------------------------------------------------------------------------------------------- */

  let isAsked = false;
  let asked = Promise.resolve();

  /* One tab at a time, whatever asks; who asks while another sends waits for its turn. */
  async function drain() {
    if (!isAble || isAsked) return asked;
    if (!isStillMine()) {
      trouble = whoseTrouble();
      return show();
    }
    isAsked = true;
    asked = navigator.locks.request(`outbox:${account}`, async () => {
      isAsked = false;
      const waits = (await window.waiting.all(account)).filter(({ state }) => state !== "refused");
      if (waits.some(({ isOffline }) => isOffline)) await tellAll();
      if (waits.length) await sendAll();
      await tellAll();
    }).catch(() => {});
    return asked;
  }

  async function sendAll() {
    const [stopped, passed] = [new Set(), new Set()];
    trouble = "";
    while (isStillMine()) {
      const entry = (await window.waiting.all(account)).find(({ state, crisis, rank }) => state !== "refused" && !stopped.has(crisis) && !passed.has(rank));
      if (!entry) break;
      sendingRank = entry.rank;
      await show();
      const outcome = await send(entry);
      sendingRank = 0;
      if (outcome === "sent") {
        await window.waiting.remove(entry.rank);
        document.dispatchEvent(new CustomEvent("log:sent", { detail: { crisis: entry.crisis, text: entry.isGesture ? "" : entry.text } }));
        if (entry.isElsewhere) arrived = { crisis: entry.crisis, said: entry.arrived };
        announce(entry.arrived || "Noté.");
      } else if (outcome === "refused") {
        await window.waiting.put(entry);
        offerBack(entry);
      } else {
        trouble = isStuck(entry) ? trouble : outcome;
        await window.waiting.put(entry);
        await noteDelay();
        if (outcome !== "later") break;
        if (isStuck(entry)) passed.add(entry.rank);
        else stopped.add(entry.crisis);
        if (isStuck(entry) && entry.failures === TRIES) announce(stuck(entry));
      }
      tabs?.postMessage("changed");
    }
    if (!isStillMine()) trouble = whoseTrouble();
    await show();
  }

  /* The server fails on this one again and again: the next ones go, this one is tried again before them each time. */
  const isStuck = ({ state, failures = 0 }) => state !== "refused" && failures >= TRIES;
  const stuck = ({ failures }) => `Le serveur échoue sur cette saisie (${failures} essais). Les suivantes partent ; celle-ci reste gardée ici et l’envoi est retenté. Prévenez l’administrateur de l’outil.`;

  /* What waits behind one that could not leave did not leave at once either: it will say when it was typed. */
  async function noteDelay() {
    for (const entry of await window.waiting.all(account)) if (!entry.isOffline) await window.waiting.put({ ...entry, isOffline: true });
  }

  /* « sent », « refused », « expired », « network » (nothing answers), or « later » (the server is in trouble). */
  async function send(entry) {
    if (!entry.isOffline && Date.now() - Date.parse(entry.at) > AT_ONCE) entry.isOffline = entry.isUncertain = true;
    let answer = await post(entry, entry.isOffline);
    if (answer?.status === 409 && entry.isUncertain && entry.isOffline) answer = await post(entry, false);
    if (answer && [400, 403].includes(answer.status)) {
      tokenInHand = "";
      answer = await post(entry, entry.isOffline);
    }
    if (!answer || LATER.has(answer.status)) {
      entry.isUncertain ||= !entry.isOffline;
      entry.isOffline = true;
      if (answer?.status >= 500) noteFailure(entry);
      return answer ? "later" : "network";
    }
    if (answer.status === 401 || isSignIn(answer)) {
      entry.isOffline = true;
      return "expired";
    }
    if (answer.ok) {
      await noteArrival(entry, answer);
      return "sent";
    }
    await noteRefusal(entry, answer);
    return "refused";
  }

  /* Tries that follow at once, as someone writes on, are one try: a server that starts again must not upset the order. */
  function noteFailure(entry) {
    if (Math.abs(Date.now() - (entry.failedAt ?? 0)) < AGAIN / 2) return;
    entry.failures = (entry.failures ?? 0) + 1;
    entry.failedAt = Date.now();
  }

  const isSignIn = (answer) => answer.redirected && new URL(answer.url).pathname === "/connexion";

  /* The first time without the device's hour, for it is the server's; once it failed, with it. If that first try had
     been received all the same, the server says that this key said something else: it is then sent as it was first. */
  async function post(entry, withDeviceTime) {
    const token = tokenInHand || (await freshToken(entry.token));
    if (!token) return token === null ? null : { status: 401 };
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    if (entry.takesDeviceTime) body.append("device_at", withDeviceTime ? entry.deviceAt : "");
    body.append("csrf_token", token);
    return ask(entry.address, { method: "POST", body });
  }

  /* The answer, or null where there is none. */
  async function ask(address, options = {}) {
    try {
      return await fetch(address, { headers: { "HX-Request": "true" }, cache: "no-store", signal: AbortSignal.timeout(PATIENCE), ...options });
    } catch {
      return null;
    }
  }

  /* The token of the session as it is now; "" when there is no session, null when nobody answers. */
  async function freshToken(address) {
    const answer = await ask(address);
    if (!answer || answer.status >= 500) return null;
    if (!answer.ok || isSignIn(answer)) return "";
    tokenInHand = parsed(await answer.text()).querySelector("[name=csrf_token]")?.value ?? "";
    return tokenInHand;
  }

  const parsed = (source) => new DOMParser().parseFromString(source, "text/html");

  /* What the server says of it is announced; it stays on screen when it went elsewhere than where one looks. */
  async function noteArrival(entry, answer) {
    if (answer.status !== 200 || answer.redirected) return;
    const said = parsed(await answer.text().catch(() => "")).querySelector("[data-arrived]");
    entry.arrived = words(said);
    entry.isElsewhere = said?.dataset.arrived === "elsewhere";
  }

  async function noteRefusal(entry, answer) {
    const source = await answer.text();
    const page = parsed(source);
    const summed = page.querySelectorAll(".error-summary li, main [data-said]");
    const said = [...(summed.length ? summed : page.querySelectorAll(".error"))].map((one) => one.textContent.trim().replace(/\s+/g, " "));
    entry.state = "refused";
    entry.why = said.join(" ") || WHY[answer.status] || `réponse ${answer.status}.`;
    entry.page = entry.form && page.getElementById(entry.form) ? source : "";
  }

  /* --- Refused: back to the form, or a row to correct ---------------------------------------------------- */

  function offerBack(entry) {
    const form = document.getElementById(entry.form);
    if (form?.matches("form[data-outbox]") && !form.dataset.corrects && isBlank(form)) giveBack(entry, form);
    else announce(`Refusé par le serveur : ${entry.why}`);
  }

  function giveBack(entry, form) {
    const refused = entry.page && parsed(entry.page).getElementById(entry.form);
    const shown = refused ? document.adoptNode(refused) : form;
    if (refused) {
      form.replaceWith(shown);
      window.htmx?.process(shown);
    } else {
      for (const [name, value] of entry.fields) fill(shown, name, value);
    }
    shown.dataset.corrects = entry.rank;
    joinAgain(shown, entry);
    (shown.querySelector(".error-summary") ?? areas(shown)[0])?.focus();
    announce(`Refusé par le serveur : ${entry.why}`);
  }

  function fill(form, name, value) {
    for (const control of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["checkbox", "radio"].includes(control.type)) control.checked = control.value === value;
      else if (control.type !== "file") control.value = value;
    }
  }

  /* The documents of the first sending go with the next: their names are shown, each can be taken away. */
  function joinAgain(form, entry) {
    for (const said of form.querySelectorAll("[data-choose-again]")) said.remove();
    for (const input of form.querySelectorAll("input[type=file]")) {
      hold(input, entry.fields.filter(([name, value]) => name === input.name && value instanceof File).map(([, value]) => value));
      if (input.files.length) input.closest("details")?.setAttribute("open", "");
    }
  }

  function hold(input, files) {
    const held = new DataTransfer();
    for (const file of files) held.items.add(file);
    input.files = held.files;
    listHeld(input);
  }

  function listHeld(input) {
    const files = [...input.files];
    input.parentElement.querySelector("[data-held]")?.remove();
    if (!files.length) return;
    const list = document.getElementById("outbox-held").content.firstElementChild.cloneNode(true);
    const line = list.querySelector("li");
    for (const file of files) {
      const one = line.cloneNode(true);
      one.querySelector("[data-held-name]").textContent = file.name;
      one.querySelector("[data-held-about]").textContent = ` : ${file.name}`;
      one.querySelector("button").addEventListener("click", () => {
        hold(input, files.filter((other) => other !== file));
        input.focus();
      });
      line.before(one);
    }
    line.remove();
    input.after(list);
  }

  function correct(entry) {
    const form = document.getElementById(entry.form);
    if (!form || !isBlank(form)) {
      announce("Terminez d’abord la saisie en cours, ou videz-la.");
      (form ? areas(form)[0] : place())?.focus();
      return;
    }
    giveBack(entry, form);
    show();
  }

  async function again(entry) {
    await window.waiting.put({ ...entry, state: "waiting", why: "" });
    await show();
    drain();
  }

  /* Asked twice: what is erased here exists nowhere else. */
  async function drop(entry, button) {
    if (!button.dataset.sure) {
      button.dataset.sure = "true";
      button.querySelector("[data-row-drop-words]").textContent = "Effacer pour de bon";
      return;
    }
    await window.waiting.remove(entry.rank);
    await show();
    place()?.focus();
    announce("Saisie effacée de cet appareil.");
    drain();
  }

  /* --- Showing ------------------------------------------------------------------------------------------- */

  const TROUBLES = {
    full: "Fenêtre privée ou mémoire pleine : ce que vous écrivez part directement. Sans réseau, rien ne partira.",
    network: "Pas de réseau. Vos saisies sont gardées sur cet appareil, même fermé ; elles partiront seules, dans l’ordre, à son retour.",
    later: "Le serveur ne peut pas répondre. Vos saisies sont gardées sur cet appareil ; l’envoi est retenté toutes les dix secondes.",
    expired: "Votre session a expiré. Rien n’est perdu : reconnectez-vous dans un nouvel onglet, l’envoi reprendra ici.",
    other: "Un autre compte est ouvert dans ce navigateur. Vos saisies restent gardées : reconnectez-vous avec le vôtre pour les envoyer.",
  };

  function title(waits, refused) {
    return [keepsNothing && "Cet appareil ne peut rien garder", waits && `En attente (${waits})`, refused && `À corriger (${refused})`].filter(Boolean).join(" · ");
  }

  async function show() {
    const here = place();
    const entries = await window.waiting.all(account).catch(() => []);
    mark(entries);
    if (!here) return;
    const inForm = [...document.querySelectorAll("form[data-corrects]")].map((form) => Number(form.dataset.corrects));
    const shown = entries.filter(({ crisis, rank }) => crisis === here.dataset.crisis && !inForm.includes(rank));
    const refused = shown.filter(({ state }) => state === "refused").length;
    const waits = shown.length - refused;
    const why = keepsNothing ? "full" : waits ? (!navigator.onLine && trouble !== "expired" ? "network" : trouble) : "";
    const told = arrived?.crisis === here.dataset.crisis ? arrived.said : "";
    here.hidden = !shown.length && !keepsNothing && !told;
    here.querySelector("[data-outbox-title]").textContent = title(waits, refused) || "Envoyé";
    here.querySelector("[data-outbox-said]").textContent = [TROUBLES[why], told].filter(Boolean).join(" ");
    here.querySelector("[data-outbox-expired]").hidden = !["expired", "other"].includes(why);
    drawRows(here.querySelector("[data-outbox-rows]"), shown);
  }

  /* A row that is there already keeps its buttons, and the focus that may be on one of them. */
  function drawRows(list, entries) {
    const known = new Map([...list.children].map((row) => [row.dataset.rank, row]));
    for (const entry of entries) {
      const key = String(entry.rank);
      const row = known.get(key) ?? newRow(entry);
      known.delete(key);
      drawState(row, entry);
      list.append(...(row.isConnected ? [] : [row]));
    }
    for (const row of known.values()) row.remove();
  }

  function newRow(entry) {
    const row = document.getElementById("outbox-row").content.firstElementChild.cloneNode(true);
    const at = new Date(entry.at);
    row.dataset.rank = entry.rank;
    row.querySelector("[data-row-kind]").textContent = entry.kind;
    row.querySelector("time").dateTime = entry.at;
    row.querySelector("time").textContent = at.toLocaleString("fr-FR", { dateStyle: "short", timeStyle: "short" }).replace(" ", " à ");
    row.querySelector("[data-row-text]").textContent = entry.text;
    for (const about of row.querySelectorAll("[data-row-about]")) about.textContent = ` : ${entry.text.slice(0, 80)}`;
    const act = (name, work) => row.querySelector(`[data-row-${name}]`).addEventListener("click", async ({ currentTarget }) => {
      const found = (await window.waiting.all(account)).find(({ rank }) => rank === entry.rank);
      if (found) work(found, currentTarget);
    });
    act("correct", correct);
    act("again", again);
    act("drop", drop);
    return row;
  }

  function drawState(row, entry) {
    const isRefused = entry.state === "refused";
    const state = row.querySelector("[data-row-state]");
    const said = isRefused ? "à corriger" : entry.rank === sendingRank ? "envoi…" : isStuck(entry) ? "bloquée" : "en attente";
    if (state.textContent !== said) state.textContent = said;
    state.className = `badge ${isRefused || isStuck(entry) ? "urgent" : "warning"}`;
    row.querySelector("[data-row-why]").textContent = isRefused ? `Refusée par le serveur : ${entry.why}` : isStuck(entry) ? stuck(entry) : "";
    row.querySelector("[data-row-actions]").hidden = !isRefused && !isStuck(entry);
    row.querySelector("[data-row-correct]").hidden = !isRefused || entry.isGesture || !document.getElementById(entry.form);
  }

  /* The same gesture wherever its form stands: its address, without where it comes back to. */
  const gestureOf = (address) => new URL(address, location.href).pathname;

  /* A task ticked without network shows at once as « Faite, en attente »; the gestures before it are over too. */
  function mark(entries) {
    const waits = new Set(entries.filter(({ state, isGesture: ticks }) => ticks && state !== "refused").map(({ address }) => gestureOf(address)));
    for (const form of [...document.querySelectorAll("form[data-outbox]")].filter(isGesture).reverse()) {
      const isTicked = waits.has(gestureOf(form.getAttribute("action")));
      const said = form.nextElementSibling?.matches("[data-outbox-mark]") ? form.nextElementSibling : null;
      const isOver = [...form.parentElement.querySelectorAll(":scope > [data-outbox-mark]")].some((one) => one !== said);
      if (!isTicked) said?.remove();
      else if (!said) wear(form);
      form.hidden = isTicked || isOver;
    }
  }

  function wear(form) {
    const hadFocus = form.contains(document.activeElement);
    const badge = document.createElement("span");
    const label = form.querySelector("button")?.firstChild.textContent.trim();
    Object.assign(badge, { className: "badge warning", textContent: `${label}, en attente`, tabIndex: -1 });
    badge.dataset.outboxMark = "";
    form.after(badge);
    if (hadFocus) badge.focus();
  }

  /* --- The device says what it holds --------------------------------------------------------------------- */

  function deviceKey() {
    const kept = storage(() => localStorage.getItem("device"));
    if (kept) return kept;
    const made = crypto.randomUUID();
    storage(() => localStorage.setItem("device", made));
    return made;
  }

  function deviceName() {
    if (!matchMedia("(pointer: coarse)").matches) return "Ordinateur";
    return Math.min(screen.width, screen.height) < 600 ? "Téléphone" : "Tablette";
  }

  async function tellAll() {
    const entries = await window.waiting.all(account);
    const told = new Map((await window.waiting.told(account)).map((one) => [one.crisis, one]));
    for (const { crisis, devices, token } of entries) if (!told.has(crisis)) told.set(crisis, { account, crisis, devices, token, waiting: 0, at: 0 });
    unheard = false;
    for (const one of told.values()) {
      const count = entries.filter(({ crisis }) => crisis === one.crisis).length;
      if (count !== one.waiting || (count && Date.now() - one.at > BEAT)) await tell(one, count);
    }
  }

  async function tell(one, count) {
    unheard = true;
    if (!navigator.onLine || !isStillMine()) return;
    const token = tokenInHand || (await freshToken(one.token));
    if (!token) return;
    const body = new URLSearchParams({ csrf_token: token, device_key: deviceKey(), device_name: deviceName(), waiting: count });
    const answer = await ask(one.devices, { method: "POST", body });
    if (answer?.status === 400) tokenInHand = "";
    if (answer?.status === 429) setTimeout(drain, HEARD_EVERY);
    if (!answer?.ok && answer?.status !== 404) return;
    await window.waiting.tell({ ...one, waiting: count, at: Date.now() });
    unheard = false;
  }

  /* --- When ---------------------------------------------------------------------------------------------- */

  if (!isAble) return;

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches?.("form[data-outbox]") || form.dataset.direct || !place()) return;
    if (saysNothing(form) && navigator.onLine) return;
    if ([...form.querySelectorAll("input[type=file][data-max-bytes]")].some(isTooHeavy)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (beingKept.has(form)) {
      beingKept.get(form).isPressedAgain = true; // the same words twice leave once; what was typed meanwhile leaves next
      return;
    }
    if (saysNothing(form)) form.querySelector("[name=text]")?.focus();
    else keep(form, event.submitter);
  }, true);

  /* Typed after what is being kept, it follows it; typed over it, it is another fact, whatever its first words. */
  addEventListener("input", ({ target }) => {
    const held = target.name === "text" && beingKept.get(target.form);
    if (held && !target.value.trimStart().startsWith(held.text)) held.isTypedAnew = true;
  });

  /* A poll that misses is said by the age of the page: what waits is here, nothing is to be sent again. */
  addEventListener("htmx:error", (event) => {
    if (place() && event.detail.ctx?.sourceElement?.matches?.("[data-live]")) event.stopImmediatePropagation();
  }, true);

  document.addEventListener("change", ({ target }) => {
    if (target.matches("form[data-corrects] input[type=file]")) listHeld(target);
  });

  async function retry() {
    if (unheard || (await window.waiting.all(account).catch(() => [])).length) drain();
  }

  addEventListener("online", () => { show(); drain(); });
  addEventListener("offline", show);
  addEventListener("pageshow", drain);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) retry(); });
  document.addEventListener("htmx:after:swap", show);
  tabs?.addEventListener("message", show);
  setInterval(retry, AGAIN);
  addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form[data-outbox]")) if (form.id) pristine.set(form.id, form.cloneNode(true));
    show();
  });

  /* For signing out: how many entries are only here, a last try, and losing them on purpose: no device is waited for then. */
  window.outbox = {
    drain,
    count: async () => (await window.waiting.all(account).catch(() => [])).length,
    loseAll: async () => {
      await window.waiting.remove(...(await window.waiting.all(account)).map(({ rank }) => rank));
      await tellAll().catch(() => {});
      if (!unheard) return;
      await new Promise((resolve) => { setTimeout(resolve, HEARD_EVERY); });
      await tellAll().catch(() => {});
    },
  };
})();
