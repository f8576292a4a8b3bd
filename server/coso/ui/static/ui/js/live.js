// `data-refresh-url` (and `data-refresh-every="15"` seconds, or `data-refresh-events` = address of a stream of
// server-sent events) keeps a part of the page fresh. It rests while the page is hidden, and leaves the part alone while
// a person is typing in it. The server may answer 204 or 304: nothing new. A failure is tried again, ever more slowly.
import { each } from "./once.js";

const LONGEST = 300_000;

export function live(root) {
  each(root, "[data-refresh-url]", "Live", (part) => {
    const every = Math.max(Number(part.dataset.refreshEvery) || 15, 2) * 1000;
    let wait = every;
    let timer = 0;
    let busy = false;
    let last = null;

    const plan = () => {
      clearTimeout(timer);
      if (part.isConnected && !document.hidden && !part.dataset.refreshEvents) timer = setTimeout(refresh, wait);
    };

    async function refresh() {
      if (busy || document.hidden || !part.isConnected) return;
      if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return plan();
      busy = true;
      try {
        const answer = await fetch(part.dataset.refreshUrl, {
          headers: { "X-Requested-With": "refresh" },
          credentials: "same-origin",
          cache: "no-cache",
        });
        // Signed out meanwhile: the sign-in page must not land inside a part of this one.
        if (answer.redirected) return location.reload();
        if (answer.ok && answer.status !== 204) show(await answer.text());
        wait = answer.ok ? every : Math.min(wait * 2, LONGEST);
      } catch {
        wait = Math.min(wait * 2, LONGEST);
      } finally {
        busy = false;
        part.classList.toggle("is-stale", wait > every);
        plan();
      }
    }

    function show(text) {
      if (text === last) return;
      last = text;
      const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
      part.innerHTML = text;
      if (focused) document.getElementById(focused)?.focus();
      window.htmx?.process(part);
      part.dispatchEvent(new CustomEvent("coso:refreshed", { bubbles: true }));
    }

    let stream = null;
    const listen = () => {
      if (!part.dataset.refreshEvents) return;
      if (document.hidden) {
        stream?.close();
        stream = null;
      } else if (!stream) {
        stream = new EventSource(part.dataset.refreshEvents);
        stream.addEventListener("message", refresh);
      }
    };

    document.addEventListener("visibilitychange", () => {
      listen();
      if (!document.hidden) refresh();
    });
    listen();
    plan();
  });
}
