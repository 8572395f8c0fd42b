"use strict";
// Parts of a team page that say so (data-live="a name") are renewed when something has changed.
// Without this script the page is as it was when it was opened.
(() => {
  const script = document.currentScript;
  const parts = () => [...document.querySelectorAll("[data-live]")];
  const named = (page, part) => page.querySelector(`[data-live="${part.dataset.live}"]`);
  // The side bar is renewed with its page, and asks for nothing by itself.
  if (!script || !document.querySelector("main [data-live]")) return;
  const every = 3000;
  let version = script.dataset.version || "";
  let asking = false;

  // What somebody is filling in or has opened is left alone until they are done.
  const busy = () => {
    const at = document.activeElement;
    return parts().some(
      (part) =>
        (part.contains(at) && at.matches("input:not([type=hidden]), textarea, select")) ||
        part.querySelector("details[open]"),
    );
  };
  const renew = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (busy()) return false;
    const at = document.activeElement;
    const link = at && at.getAttribute("href");
    for (const part of parts()) {
      const now = named(page, part);
      if (now && now.innerHTML !== part.innerHTML) {
        const had = part.contains(at);
        part.replaceChildren(...now.childNodes);
        if (had && link) part.querySelector(`[href="${CSS.escape(link)}"]`)?.focus();
      }
    }
    return true;
  };
  const ask = async () => {
    if (asking || document.hidden || busy()) return;
    asking = true;
    try {
      const headers = version ? { "If-None-Match": `"${version}"` } : {};
      const answer = await fetch(script.dataset.ask, { headers, cache: "no-store" });
      const now = (answer.headers.get("ETag") || "").replace(/^W\/|"/g, "");
      if (answer.status === 200 && now && (!version || (await renew()))) version = now;
    } catch {
      // No connection: what stands there stays, and the next asking tries again.
    } finally {
      asking = false;
    }
  };
  setInterval(ask, every);
  document.addEventListener("visibilitychange", ask);
})();
