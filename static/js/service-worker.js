/* Answers for the network where there is none. Keeps the pages that the list of a crisis names ([data-keep]: seconds after
   which a copy is old), by account, and the static files that they need, whose addresses change with their content: a page
   kept before a new version finds its own. Never keeps what was refused, what was sent, or another person's page. */
"use strict";

const PAGES = "kept:";
const STATIC = "static";
const OFFLINE = "/hors-connexion";
const PATIENCE = 3_000;
const FORGOTTEN_AFTER = 14 * 24 * 3600 * 1000;
const AT = "X-Kept-At";
const TROUBLES = [502, 503, 504];
const GONE = [403, 404, 410];

self.addEventListener("install", (event) => event.waitUntil(keepOfflinePage().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep, event.data.account));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname.startsWith("/static/")) event.respondWith(fromStatic(request));
  else if (request.mode === "navigate") event.respondWith(answer(event));
});

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
  event.waitUntil(asked.then((fresh) => keep(found.cache, request.url, found.account, fresh.clone())).catch(() => {}));
  try {
    const fresh = await Promise.race([asked, new Promise((_, reject) => setTimeout(reject, PATIENCE))]);
    return TROUBLES.includes(fresh.status) ? marked(found.page) : fresh;
  } catch {
    return marked(found.page);
  }
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
  if (!source) return;
  for (const [address, age] of named(source)) {
    if (!(await caches.has(PAGES + account))) return; // signed out meanwhile
    await keepFresh(cache, address, account, age).catch(() => {});
  }
  await keepOfflinePage().catch(() => {});
  await tidy(cache);
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

/* Pages not seen for two weeks go, and the static files that no page needs any more. */
async function tidy(cache) {
  const files = await caches.open(STATIC);
  const needed = new Set(staticOf(await (await files.match(OFFLINE))?.text() ?? ""));
  for (const request of await cache.keys()) {
    const page = await cache.match(request);
    if (Date.now() - Date.parse(page.headers.get(AT)) > FORGOTTEN_AFTER) await cache.delete(request);
    else for (const address of staticOf(await page.text())) needed.add(address);
  }
  for (const request of await files.keys()) {
    const { pathname, search } = new URL(request.url);
    if (pathname !== OFFLINE && !needed.has(pathname + search)) await files.delete(request);
  }
}
