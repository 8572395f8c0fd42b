"use strict";
// Typed words survive: another look, leaving and coming back, signing in again, a lost token.
//
// They are kept for this tab alone, under a mark of the person who is signed in, and go when they
// have been sent, at sign-out and by "leave". On a screen that others see they are carried over one
// change of look and no further. Sealed pages keep nothing.
(() => {
  const root = document.documentElement;
  const body = document.body;
  const PREFIX = "words:";
  const person = root.dataset.person || "";
  const sealed = body.classList.contains("sealed-page");
  const shared = root.dataset.screen === "shared";
  const store = (() => {
    try {
      return window.sessionStorage;
    } catch (error) {
      return null; // Some browsers refuse it; the page works without.
    }
  })();

  // What comes out of the browser's own memory is not shown before it has been asked for anew.
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    body.hidden = true;
    window.location.reload();
  });
  if (!store) return;

  const names = () => Object.keys(store).filter((name) => name.startsWith(PREFIX));
  const wipe = (which) => names().filter(which).forEach((name) => store.removeItem(name));
  const mine = `${PREFIX}${person}:`;
  const here = window.location.pathname;
  // Once somebody else is signed in, nothing of the one before is left.
  if (person) wipe((name) => !name.startsWith(mine));

  const forms = [...document.querySelectorAll("main form[method='post']")];
  const place = (form) => `${mine}${here}#${forms.indexOf(form)}`;
  const fields = (form) =>
    [...form.elements].filter(
      (field) => field.name && (field.tagName === "TEXTAREA" || field.type === "text")
    );
  const written = (form) => fields(form).map((field) => [field.name, field.value]);
  const changed = (form) => fields(form).some((field) => field.value !== field.defaultValue);

  const keep = (form) => {
    if (changed(form)) store.setItem(place(form), JSON.stringify(written(form)));
    else store.removeItem(place(form));
  };
  const giveBack = (form) => {
    const kept = store.getItem(place(form));
    if (!kept) return;
    for (const [name, value] of JSON.parse(kept)) {
      const field = fields(form).find((one) => one.name === name);
      if (field && field.value === field.defaultValue) field.value = value;
    }
  };

  // What was sent is let go of once the school has said that it took it, and not before.
  const SENT = `${mine}sent`;
  const sent = store.getItem(SENT);
  const taken = (document.cookie.match(/(?:^|; )taken=([^;]*)/) || [])[1];
  if (sent && taken) {
    const { key, action } = JSON.parse(sent);
    if (action === decodeURIComponent(taken)) {
      store.removeItem(key);
      store.removeItem(SENT);
      document.cookie = "taken=; max-age=0; path=/; samesite=lax";
    }
  }
  if (!sealed && person) forms.forEach(giveBack);
  const carried = store.getItem(`${mine}carried`);
  if (shared && !carried) wipe((name) => name !== SENT);
  store.removeItem(`${mine}carried`);

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && forms.includes(form) && !sealed && !shared && person) keep(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    if (form.matches("[data-look]")) {
      look(event, form);
    } else if (form.matches("[action$='/logout/']")) {
      wipe(() => true);
    } else if (forms.includes(form) && !sealed && !shared && person) {
      keep(form);
      const action = new URL(form.action, window.location).pathname;
      store.setItem(SENT, JSON.stringify({ key: place(form), action }));
    }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-leave], a[href$='/leave/']")) wipe(() => true);
  });

  // A colour or a quiet screen changes this page as it stands. What is covered comes from the
  // school: the page loads, and the words come with it.
  function look(event, form) {
    const button = event.submitter;
    if (button && button.name === "theme" && "fetch" in window) {
      event.preventDefault();
      const asked = new FormData(form, button);
      fetch(form.action, { method: "POST", body: asked, redirect: "manual" })
        .then(() => {
          if (button.value) root.dataset.theme = button.value;
          else delete root.dataset.theme;
          const other = button.dataset.other;
          button.dataset.other = button.textContent.trim();
          button.textContent = other;
          button.value = button.value ? "" : "calm";
        })
        .catch(() => form.submit());
      return;
    }
    if (sealed || !person) return;
    forms.filter((one) => one !== form).forEach(keep);
    store.setItem(`${mine}carried`, "yes");
  }
})();
