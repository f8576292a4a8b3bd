// Our own map: areas from our GeoJSON, points, one look per state; no tiles, nothing from elsewhere.
// By keyboard: arrows and + − move the map, Tab goes from point to point. A table beside it says the same;
// rows with `data-place` and the map light each other up.
import { each } from "./once.js";

const MOST_MARKERS = 300;
let leaflet = null;

function load(script, sheet) {
  if (window.L) return Promise.resolve(window.L);
  leaflet ??= new Promise((done, fail) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet });
    const code = Object.assign(document.createElement("script"), { src: script });
    // Without its sheet the map would lie about in pieces: wait for both.
    link.addEventListener("load", () => {
      code.addEventListener("load", () => done(window.L));
      code.addEventListener("error", fail);
      document.head.append(code);
    });
    link.addEventListener("error", fail);
    // Before ours, which speaks last.
    document.head.querySelector("link[rel=stylesheet]").before(link);
  });
  return leaflet;
}

export function maps(root) {
  each(root, "[data-map]", "Map", (panel) => {
    draw(panel).catch(() => panel.classList.add("is-broken"));
  });
}

async function draw(panel) {
  const canvas = panel.querySelector("[data-map-canvas]");
  const told = JSON.parse(panel.dataset.told);
  const [L, areas] = await Promise.all([
    load(panel.dataset.leaflet, panel.dataset.leafletCss),
    panel.dataset.geojson ? fetch(panel.dataset.geojson).then((answer) => answer.json()) : null,
  ]);
  canvas.replaceChildren();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: false,
    zoomSnap: 0.25,
    fadeAnimation: !calm,
    zoomAnimation: !calm,
    markerZoomAnimation: !calm,
  });
  L.control.zoom({ zoomInTitle: panel.dataset.zoomIn, zoomOutTitle: panel.dataset.zoomOut }).addTo(map);
  const shapes = new Map();
  const bounds = L.latLngBounds([]);
  if (areas) bounds.extend(drawAreas(L, map, areas, told.states, shapes));
  // Points say where something happens: the map goes there, with their surroundings; without any it shows the whole.
  const spots = L.latLngBounds(told.points.map((point) => point.at));
  if (spots.isValid()) bounds.extend(spots);
  const whole = bounds.isValid() ? bounds.pad(0.05) : [[17.9, 105.1], [18.8, 106.5]];
  map.fitBounds(spots.isValid() ? spots.pad(0.4) : whole, { maxZoom: 12 });
  drawPoints(L, map, told.points, shapes);
  const light = tie(panel.dataset.table, shapes);
  // The table is refreshed while things happen; the map follows what its rows say.
  document.addEventListener("coso:refreshed", () => {
    follow(panel.dataset.table, shapes);
    tieRows(panel.dataset.table, light);
  });
  panel.dispatchEvent(new CustomEvent("coso:map", { bubbles: true, detail: { map, shapes } }));
}

function drawAreas(L, map, areas, states, shapes) {
  const layer = L.geoJSON(areas, {
    style: (feature) => {
      const state = states[feature.properties.code];
      return { className: `map-area${state ? ` map-area-${state}` : ""}` };
    },
    onEachFeature: (feature, shape) => {
      shape.bindTooltip(feature.properties.name, { sticky: true });
      shape.once("add", () => shapes.set(String(feature.properties.code), shape.getElement?.()));
    },
    pointToLayer: (feature, at) => L.circleMarker(at, { radius: 5 }),
  }).addTo(map);
  layer.eachLayer((shape) => shapes.set(String(shape.feature.properties.code), shape.getElement?.()));
  return layer.getBounds();
}

function drawPoints(L, map, points, shapes) {
  const links = [];
  for (const point of points) {
    const words = point.word ? `${point.name}: ${point.word}` : point.name;
    // Beyond some hundreds, Tab from point to point helps nobody: light dots, and the table for the keyboard.
    const many = points.length > MOST_MARKERS;
    const marker = many
      ? L.circleMarker(point.at, { radius: 5, className: `map-area map-area-${point.state}` })
      : L.marker(point.at, {
          icon: L.divIcon({ className: `map-point map-point-${point.state}`, iconSize: [24, 24], html: dot(point.state) }),
          title: words,
          alt: words,
          keyboard: Boolean(point.url),
        });
    marker.bindTooltip(words).addTo(map);
    if (point.url) marker.on("click", () => location.assign(point.url));
    const element = marker.getElement();
    if (!many) {
      element.setAttribute("aria-label", words);
      element.setAttribute("role", point.url ? "link" : "img");
      if (point.url) links.push(marker);
    }
    shapes.set(String(point.key), element);
  }
  map.on("zoomend", () => thinOut(map, links));
  thinOut(map, links);
}

// Points that cover each other can't be hit or told apart: they leave the Tab order until the map is near enough.
function thinOut(map, links) {
  const spots = links.map((marker) => map.latLngToLayerPoint(marker.getLatLng()));
  links.forEach((marker, place) => {
    const crowded = spots.some((spot, other) => other !== place && spot.distanceTo(spots[place]) < 28);
    marker.getElement().setAttribute("tabindex", crowded ? "-1" : "0");
  });
}

const SIGNS = { done: "✓", need: "!", danger: "!", off: "–", active: "", waiting: "" };

function dot(state) {
  const sign = document.createElement("span");
  sign.ariaHidden = "true";
  sign.textContent = SIGNS[state] ?? "";
  return sign;
}

function follow(tableId, shapes) {
  const rows = document.getElementById(tableId)?.querySelectorAll("[data-place][data-state]") ?? [];
  for (const row of rows) {
    const element = shapes.get(row.dataset.place);
    if (!element || !element.classList.contains("map-point")) continue;
    element.classList.remove(...[...element.classList].filter((name) => name.startsWith("map-point-")));
    element.classList.add(`map-point-${row.dataset.state}`);
    element.replaceChildren(dot(row.dataset.state));
    const words = `${row.querySelector("th")?.firstChild?.textContent.trim()}: ${row.dataset.word}`;
    element.setAttribute("aria-label", words);
    element.title = words;
  }
}

function tie(tableId, shapes) {
  const light = (key, on) => {
    shapes.get(key)?.classList.toggle("is-lit", on);
    const table = document.getElementById(tableId);
    table?.querySelector(`[data-place="${CSS.escape(key)}"]`)?.classList.toggle("is-lit", on);
  };
  tieRows(tableId, light);
  for (const [key, element] of shapes) {
    for (const [name, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) {
      element?.addEventListener(name, () => light(key, on));
    }
  }
  return light;
}

function tieRows(tableId, light) {
  for (const row of (tableId && document.getElementById(tableId)?.querySelectorAll("[data-place]")) || []) {
    for (const [name, on] of [["pointerenter", true], ["pointerleave", false], ["focusin", true], ["focusout", false]]) {
      row.addEventListener(name, () => light(row.dataset.place, on));
    }
  }
}
