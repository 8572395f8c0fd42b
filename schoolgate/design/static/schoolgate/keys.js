"use strict";
// Why a passkey could not be made, in words that stand in the page; the browser tells it by a name.
document.addEventListener("allauth.error", (event) => {
  const name = event.detail.exception.name;
  const all = [...document.querySelectorAll("[data-key-error]")];
  const said = all.find((one) => one.dataset.keyError === name) || all.at(-1);
  for (const one of all) one.hidden = one !== said;
});
