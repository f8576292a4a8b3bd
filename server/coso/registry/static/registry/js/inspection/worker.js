// The service worker of the page that is filled in on a phone: the newest from the network, else what was kept.
// It answers for that page and for the house's own files, nothing else; what is sent goes past it.
const KEPT = "coso-inspection";
const PATIENCE_MS = 4000;
const ASSETS = new URL(self.location).searchParams.get("assets") || "/static/";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  const isPage = request.mode === "navigate" && pathname === new URL(self.registration.scope).pathname;
  if (isPage) event.respondWith(newest(request, origin + pathname));
  else if (pathname.startsWith(ASSETS)) event.respondWith(newest(request, request.url));
});

async function newest(request, address) {
  const kept = await caches.open(KEPT);
  const found = await kept.match(address, { ignoreVary: true });
  try {
    // A line that hangs is worse than none: after a while what was kept is good enough.
    const answer = await (found ? Promise.race([fetch(request), tooLate()]) : fetch(request));
    if (answer.ok && !answer.redirected) await kept.put(address, answer.clone());
    return answer;
  } catch (error) {
    if (found) return found;
    throw error;
  }
}

function tooLate() {
  return new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), PATIENCE_MS));
}
