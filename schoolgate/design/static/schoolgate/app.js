"use strict";
(() => {
  const manifest = document.querySelector('link[rel="manifest"]');
  const worker = manifest && manifest.dataset.worker;
  const known = worker && "serviceWorker" in navigator && window.isSecureContext;
  if (known) navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => undefined);

  const offline = document.querySelector("[data-offline]");
  const say = () => {
    if (offline && !navigator.onLine) offline.hidden = false;
  };
  window.addEventListener("offline", say);
  window.addEventListener("online", () => {
    if (offline) offline.hidden = true;
  });
  // Without a connection a form keeps its words and goes nowhere.
  document.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    say();
    if (offline) offline.scrollIntoView();
  });

  const form = document.querySelector("[data-notices]");
  if (!form) return;
  const refused = document.querySelector("[data-notices-refused]");
  const fail = () => {
    form.hidden = true;
    if (refused) refused.hidden = false;
  };
  if (!known || !("PushManager" in window)) {
    fail();
    return;
  }
  form.hidden = false;
  const packed = (octets) =>
    btoa(String.fromCharCode(...new Uint8Array(octets)))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  form.addEventListener("submit", async (event) => {
    if (form.elements.endpoint.value) return;
    event.preventDefault();
    try {
      if ((await Notification.requestPermission()) !== "granted") throw new Error("refused");
      const registration = await navigator.serviceWorker.ready;
      // One that was asked for under another key of the school's hears nothing any more.
      const before = await registration.pushManager.getSubscription();
      if (before) await before.unsubscribe();
      const asked = await registration.pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: form.dataset.notices,
      });
      form.elements.endpoint.value = asked.endpoint;
      form.elements.key.value = packed(asked.getKey("p256dh"));
      form.elements.secret.value = packed(asked.getKey("auth"));
      form.submit();
    } catch (error) {
      fail();
    }
  });
})();
