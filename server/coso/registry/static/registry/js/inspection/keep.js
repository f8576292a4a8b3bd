// Keeps the page and all that it is made of, so that it opens without a network after one visit.
const KEPT = "coso-inspection";

/** Tell whether the page will open without a network. */
export async function keepForLater({ worker, assets }) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  try {
    await navigator.serviceWorker.register(`${worker}?assets=${encodeURIComponent(assets)}`, { scope: location.pathname });
    await navigator.serviceWorker.ready;
    if (navigator.onLine) await keepAll(assets);
    return Boolean(await (await caches.open(KEPT)).match(location.pathname));
  } catch {
    return false;
  }
}

async function keepAll(assets) {
  const kept = await caches.open(KEPT);
  // What this page loaded itself, fonts and modules too; the service worker may have come too late to see it.
  const loaded = performance.getEntriesByType("resource").map((entry) => new URL(entry.name));
  const drawn = [...document.querySelectorAll("use")].map((use) => new URL(use.getAttribute("href"), location));
  const own = [...loaded, ...drawn].filter((url) => url.origin === location.origin && url.pathname.startsWith(assets));
  const addresses = new Set(own.map((url) => url.origin + url.pathname + url.search));
  await Promise.all([...addresses, location.origin + location.pathname].map((address) => keepOne(kept, address)));
}

async function keepOne(kept, address) {
  const answer = await fetch(address);
  // A page that led away (to sign in) is not the page.
  if (answer.ok && !answer.redirected) await kept.put(address, answer);
}
