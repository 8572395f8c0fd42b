"use strict";
{% autoescape off %}const ours = {{ settings }};{% endautoescape %}
const SHELL = "shell-1";
const PAGES = "pages-";
const MOST = 30;
const A_DAY = 24 * 60 * 60 * 1000;

self.addEventListener("install", (event) => {
  const shell = [...ours.files, ours.offline, ours.leave];
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll(shell.map((path) => new Request(path, { credentials: "omit" }))))
      .then(() => self.skipWaiting())
  );
});

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (ours.wiping.some((path) => url.pathname.startsWith(path))) {
      event.respondWith(leaving(request));
    } else if (request.method === "GET") {
      event.respondWith(page(request));
    }
  } else if (request.method === "GET" && ours.files.includes(url.pathname)) {
    event.respondWith(fetch(request).catch(() => caches.match(url.pathname)));
  }
});

// Whoever leaves or signs out leaves nothing behind on this device.
async function leaving(request) {
  await wipe("");
  try {
    return await fetch(request);
  } catch (error) {
    return (await caches.match(ours.leave)) || Response.error();
  }
}

async function page(request) {
  let response;
  try {
    response = await fetch(request);
  } catch (error) {
    return (await kept(request)) || (await caches.match(ours.offline)) || Response.error();
  }
  await keep(request, response.clone()).catch(() => undefined);
  return response;
}

// Only what the school's pages allow, and of one person's sign-in only.
async function keep(request, response) {
  const owner = response.headers.get("X-Kept-For");
  if (!owner || response.redirected || !response.ok) return;
  await wipe(PAGES + owner);
  const cache = await caches.open(PAGES + owner);
  await cache.delete(request);
  await cache.put(request, response);
  const all = await cache.keys();
  for (const old of all.slice(0, Math.max(0, all.length - MOST))) await cache.delete(old);
}

async function kept(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const cache = await caches.open(name);
    const found = await cache.match(request, { ignoreVary: true });
    if (!found) continue;
    if (Date.now() - Date.parse(found.headers.get("Date") || "") > A_DAY) {
      await cache.delete(request);
      continue;
    }
    const words = (await found.text()).replace("data-offline hidden", "data-offline");
    return new Response(words, { headers: found.headers });
  }
  return undefined;
}

async function wipe(except) {
  for (const name of await caches.keys()) {
    if (name.startsWith(PAGES) && name !== except) await caches.delete(name);
  }
}

self.addEventListener("push", (event) => {
  let notice = {};
  try {
    notice = event.data.json();
  } catch (error) {
    notice = {};
  }
  event.waitUntil(
    self.registration.showNotification(notice.title || ours.title, {
      body: notice.body || ours.words,
      tag: notice.tag || "message",
      lang: notice.lang || "en",
      icon: ours.icon,
      data: { page: notice.page || "/" },
    })
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const page = new URL(event.notification.data.page, self.location.origin);
  event.waitUntil(
    self.clients.openWindow(page.origin === self.location.origin ? page.href : "/")
  );
});
