"use strict";
// "Leave this page now": by the button or by Shift three times. The page goes out of the history,
// so that "back" does not lead to it. Without this script the button is an ordinary link.
(() => {
  const button = document.querySelector("a[data-leave]");
  if (!button) return;
  const leave = () => {
    document.body.hidden = true;
    window.location.replace(button.href);
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = 0;
  let waiting;
  document.addEventListener("keyup", (event) => {
    window.clearTimeout(waiting);
    presses = event.key === "Shift" ? presses + 1 : 0;
    if (presses >= 3) leave();
    waiting = window.setTimeout(() => {
      presses = 0;
    }, 5000);
  });
})();
