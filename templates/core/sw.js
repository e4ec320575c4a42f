{% load static %}// Keeps the shell and the pages that an athlete needs in a gym without signal; docs/offline.md. What was tapped is kept
// elsewhere (static/js/outbox.js): this script never answers for the server.
const VERSION = "{{ version|escapejs }}";
const SHELL = `shell-${VERSION}`;
const PAGES = "pages";
const OFFLINE = "{% url 'offline' %}";
const STATIC = "{% get_static_prefix %}";
const HASHED = /\.[0-9a-f]{12}\./;
const KEPT = [/^\/$/, /^\/log\//, /^\/programs\/sessions\//];
const NEVER = /^\/log\/(outbox|offline-pages|start|past)\//;
const LEAVING = /^\/accounts\/(logout|login)\//;
const PATIENCE_MS = 5000;
const AGE_MS = 5 * 60 * 1000;

const wanted = (path) => KEPT.some((one) => one.test(path)) && !NEVER.test(path);

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.add(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

async function keep(cacheName, request, answer) {
  const cache = await caches.open(cacheName);
  await cache.put(request, answer);
}

/** Files whose name tells their content never change; others are asked for first. */
async function file(request) {
  const kept = await caches.match(request);
  if (kept && HASHED.test(request.url)) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await keep(SHELL, request, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function keptPage(url) {
  const cache = await caches.open(PAGES);
  return (await cache.match(url.href)) ?? (url.pathname.startsWith("/log/") ? await cache.match(url.href, { ignoreSearch: true }) : undefined);
}

async function page(request) {
  const url = new URL(request.url);
  const kept = wanted(url.pathname) ? await keptPage(url) : undefined;
  const limit = kept ? AbortSignal.timeout(PATIENCE_MS) : undefined;
  try {
    const answer = await fetch(request, { signal: limit });
    if (answer.ok && !answer.redirected && answer.type === "basic" && wanted(url.pathname)) await keep(PAGES, url.href, answer.clone());
    if (kept && answer.status >= 502 && answer.status <= 504) return kept;
    return answer;
  } catch {
    return kept ?? (await caches.match(OFFLINE));
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (LEAVING.test(url.pathname) && request.method === "POST") {
    event.waitUntil(caches.delete(PAGES)); // whoever comes next does not see these pages
    return;
  }
  if (request.method === "POST" && request.mode === "navigate") {
    event.respondWith(fetch(request).catch(() => caches.match(OFFLINE))); // what only the server can do says so
    return;
  }
  if (request.method !== "GET") return;
  if (url.pathname.startsWith(STATIC)) event.respondWith(file(request));
  else if (request.mode === "navigate") event.respondWith(page(request));
});

async function fetchAll(paths) {
  const cache = await caches.open(PAGES);
  for (const path of paths) {
    const one = await fetch(path, { credentials: "same-origin" });
    if (one.ok && !one.redirected) await cache.put(new URL(path, self.location.origin).href, one);
  }
}

/** The running workout as it is after each change, and every few minutes the pages of the coming days; a round that was cut
 *  off begins anew. */
async function prepare(list, changed) {
  const cache = await caches.open(PAGES);
  const marker = await cache.match("/prepared");
  const fresh = marker && Date.now() - Number(await marker.text()) < AGE_MS;
  if (fresh && !changed) return;
  const answer = await fetch(list, { headers: { Accept: "application/json" }, cache: "no-store" });
  if (!answer.ok) return;
  const { running, pages } = await answer.json();
  await fetchAll(running);
  if (fresh) return;
  await fetchAll(pages);
  await cache.put("/prepared", new Response(String(Date.now())));
}

async function told({ user, files, list, changed }) {
  const cache = await caches.open(PAGES);
  const known = await (await cache.match("/whose"))?.text();
  if (known !== user) await caches.delete(PAGES); // also what a round brought that was under way at the sign-out
  if (!user) return;
  await (await caches.open(PAGES)).put("/whose", new Response(user));
  const shell = await caches.open(SHELL);
  for (const url of files) if (!(await shell.match(url))) await shell.add(url);
  await prepare(list, changed);
}

let line = Promise.resolve(); // one message after another: two pages do not prepare the same at once

self.addEventListener("message", (event) => {
  line = line.then(() => told(event.data)).catch(() => undefined); // no signal now: what came stays, the rest comes later
  event.waitUntil(line);
});
