// What a map is drawn with: Leaflet, and for an operator's base map protomaps-leaflet. Only pages with a map load them.
let leaflet = null;
let vectors = null;

export function loadLeaflet(script, sheet) {
  if (window.L) return Promise.resolve(window.L);
  leaflet ??= new Promise((done, fail) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet });
    // Without its sheet the map would lie about in pieces: wait for both.
    link.addEventListener("load", () => loadScript(script).then(() => done(window.L), fail));
    link.addEventListener("error", fail);
    // Before ours, which speaks last.
    document.head.querySelector("link[rel=stylesheet]").before(link);
  });
  return leaflet;
}

export async function addBase(map, panel) {
  if (!panel.dataset.base) return;
  vectors ??= loadScript(panel.dataset.baseScript);
  await vectors;
  // The file's thanks stand under the map; no other name belongs on it.
  const base = window.protomapsL.leafletLayer({ url: panel.dataset.base, flavor: "white", lang: "vi", attribution: "" });
  base.addTo(map);
  panel.classList.add("has-base");
}

function loadScript(address) {
  return new Promise((done, fail) => {
    const code = Object.assign(document.createElement("script"), { src: address });
    code.addEventListener("load", done);
    code.addEventListener("error", fail);
    document.head.append(code);
  });
}
