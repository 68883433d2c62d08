/* Answers for the network where there is none. Keeps the pages that the list of a crisis names ([data-keep]: seconds after
   which a copy is old), by account, and the static files that they need, whose addresses change with their content: a page
   kept before a new version finds its own. Never keeps what was refused, what was sent, or another person's page; and a page
   only as long as a list names it, and its reader may read it. */
"use strict";

const PAGES = "kept:";
const STATIC = "static";
const OFFLINE = "/hors-connexion";
const PATIENCE = 3_000;
const FORGOTTEN_AFTER = 14 * 24 * 3600 * 1000;
const ASKED_EVERY = 3600;
const LIST = "/appareils/";
const AT = "X-Kept-At";
const TROUBLES = [502, 503, 504];
const GONE = [403, 404, 410];

self.addEventListener("install", (event) => event.waitUntil(keepOfflinePage().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(Promise.all([self.clients.claim(), tidyAll()])));
self.addEventListener("message", (event) => {
  const { data } = event;
  if (data?.keep) event.waitUntil(inTurn(() => keepAll(data.keep, data.account)));
  if (data?.tidy) event.waitUntil(inTurn(() => askAgain(data.tidy, ASKED_EVERY, data.noMore)));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(fromStatic(request));
  else if (request.mode === "navigate") event.respondWith(answer(event));
});

/* What keeps pages and what makes them go never do so at once. */
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

async function fromStatic(request) {
  const kept = await caches.has(STATIC) && await (await caches.open(STATIC)).match(request.url);
  return kept || fetch(request);
}

/* The network first; after three seconds, or where nothing answers, what is kept, and it says so. */
async function answer(event) {
  const { request } = event;
  const found = await keptPage(request.url);
  const asked = fetch(request);
  if (!found) return asked.catch(() => offlinePage());
  event.waitUntil(asked.then((fresh) => renew(found, request.url, fresh.clone())).catch(() => {}));
  try {
    const fresh = await Promise.race([asked, new Promise((_, reject) => setTimeout(reject, PATIENCE))]);
    return TROUBLES.includes(fresh.status) ? marked(found.page) : fresh;
  } catch {
    return marked(found.page);
  }
}

/* A page that is gone, or that is no longer for this person, leaves this device, and so may all that its list names. */
async function renew({ cache, account }, address, fresh) {
  if (!GONE.includes(fresh.status)) return keep(cache, address, account, fresh);
  await cache.delete(address);
  return inTurn(() => askAgain(account, 0));
}

async function keptPage(address) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const cache = await caches.open(name);
    const page = await cache.match(address, { ignoreVary: true });
    if (page) return { page, cache, account: name.slice(PAGES.length) };
  }
  return null;
}

async function offlinePage() {
  const kept = await caches.match(OFFLINE, { ignoreVary: true });
  return kept ?? Response.error();
}

/* static/js/offline.js reads it and says how old the page is. */
async function marked(page) {
  const source = await page.text();
  return new Response(source.replace("<body", `<body data-kept-at="${page.headers.get(AT)}"`), { headers: page.headers });
}

/* The list, then each page that it names and whose copy is old. A page of someone else stops everything. */
async function keepAll(list, account) {
  const cache = await caches.open(PAGES + account);
  const source = await keepFresh(cache, list, account, 0);
  if (!source) {
    await tidy(cache);
    return;
  }
  for (const [address, age] of named(source)) {
    if (!(await caches.has(PAGES + account))) return; // signed out meanwhile
    await keepFresh(cache, address, account, age).catch(() => {});
  }
  await keepOfflinePage().catch(() => {});
  await tidy(cache);
  await tidyStatic();
}

/* Are the lists kept still given to this person, and do they still name something? A crisis that is closed keeps nothing more. */
async function askAgain(account, age, noMore = "") {
  if (!(await caches.has(PAGES + account))) return;
  const cache = await caches.open(PAGES + account);
  for (const { url } of await listsOf(cache)) {
    if (new URL(url).pathname === noMore) await cache.delete(url);
    else await keepFresh(cache, url, account, age).catch(() => {});
  }
  if (await tidy(cache)) await tidyStatic();
}

async function keepFresh(cache, address, account, age) {
  const known = await cache.match(address, { ignoreVary: true });
  if (known && Date.now() - Date.parse(known.headers.get(AT)) < age * 1000) return "";
  const fresh = await fetch(address, { credentials: "same-origin", redirect: "error", priority: "low" });
  if (GONE.includes(fresh.status)) await cache.delete(address);
  return keep(cache, address, account, fresh);
}

/* Returns the page once it is kept with all that it needs; "" when it is not to be kept. */
async function keep(cache, address, account, fresh) {
  if (!isPage(fresh)) return "";
  const source = await fresh.text();
  if (!source.includes(`data-account="${account}"`) || !(await caches.has(PAGES + account))) return "";
  if (source.includes("data-flash=")) return ""; // it speaks of what was just done: opened later it would say so of something else
  await keepStatic(source);
  await cache.put(address, copyOf(fresh, source));
  return source;
}

const isPage = (fresh) => fresh.status === 200 && !fresh.redirected && (fresh.headers.get("Content-Type") ?? "").startsWith("text/html");

function copyOf(fresh, source) {
  const headers = new Headers(fresh.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Set-Cookie"]) headers.delete(name);
  headers.set(AT, new Date().toISOString());
  return new Response(source, { headers });
}

async function keepStatic(source) {
  const cache = await caches.open(STATIC);
  for (const address of staticOf(source)) {
    if (await cache.match(address)) continue;
    const fresh = await fetch(address);
    if (fresh.ok) await cache.put(address, fresh);
  }
}

const staticOf = (source) => new Set([...source.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, address]) => address.replaceAll("&amp;", "&")));

function named(source) {
  const links = [...source.matchAll(/<a href="([^"]+)" data-keep="(\d+)"/g)];
  return links.map(([, address, age]) => [address.replaceAll("&amp;", "&"), Number(age)]);
}

/* Asked as nobody: it bears no name. */
async function keepOfflinePage() {
  const fresh = await fetch(OFFLINE, { credentials: "omit" });
  if (!isPage(fresh)) return;
  const source = await fresh.text();
  await keepStatic(source);
  await (await caches.open(STATIC)).put(OFFLINE, copyOf(fresh, source));
}

const listsOf = async (cache) => (await cache.keys()).filter(({ url }) => new URL(url).pathname.endsWith(LIST));

async function tidyAll() {
  for (const name of await caches.keys()) if (name.startsWith(PAGES)) await tidy(await caches.open(name));
  await tidyStatic();
}

/* Pages that no list kept names any more go, and those not seen for two weeks. Returns how many went. */
async function tidy(cache) {
  const wanted = new Set();
  for (const list of await listsOf(cache)) {
    const names = named(await (await cache.match(list)).text()).map(([address]) => new URL(address, list.url).href);
    for (const address of names.length ? [list.url, ...names] : []) wanted.add(address);
  }
  let gone = 0;
  for (const request of await cache.keys()) {
    const isOld = Date.now() - Date.parse((await cache.match(request)).headers.get(AT)) > FORGOTTEN_AFTER;
    if ((isOld || !wanted.has(request.url)) && await cache.delete(request)) gone += 1;
  }
  return gone;
}

/* The static files that no page needs any more. */
async function tidyStatic() {
  const files = await caches.open(STATIC);
  const needed = new Set(staticOf(await (await files.match(OFFLINE))?.text() ?? ""));
  for (const name of (await caches.keys()).filter((one) => one.startsWith(PAGES))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) for (const address of staticOf(await (await cache.match(request))?.text() ?? "")) needed.add(address);
  }
  for (const request of await files.keys()) {
    const { pathname, search } = new URL(request.url);
    if (pathname !== OFFLINE && !needed.has(pathname + search)) await files.delete(request);
  }
}
