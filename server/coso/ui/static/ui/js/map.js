// Our own map: areas from our GeoJSON, points, layers, one look per state; nothing from elsewhere.
// By keyboard: arrows and + − move the map, Tab goes from point to point. A table beside it says the same;
// rows with `data-place` and the map light each other up.
import { each } from "./once.js";
import { addBase, loadLeaflet } from "./map-load.js";
import { groupedPoints, plain, pointMark, sign } from "./map-points.js";
import { layers } from "./map-layers.js";
import { pick } from "./map-pick.js";

const MOST_MARKERS = 150;

export function maps(root) {
  each(root, "[data-map]", "Map", (panel) => {
    draw(panel).catch(() => panel.classList.add("is-broken"));
  });
}

async function draw(panel) {
  const canvas = panel.querySelector("[data-map-canvas]");
  const told = JSON.parse(panel.dataset.told);
  const [L, areas] = await Promise.all([
    loadLeaflet(panel.dataset.leaflet, panel.dataset.leafletCss),
    panel.dataset.geojson ? fetch(panel.dataset.geojson).then((answer) => answer.json()) : null,
  ]);
  canvas.replaceChildren();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(canvas, {
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: false,
    zoomSnap: 0.25,
    minZoom: 6,
    maxZoom: 17,
    fadeAnimation: !calm,
    zoomAnimation: !calm,
    markerZoomAnimation: !calm,
  });
  L.control.zoom({ zoomInTitle: panel.dataset.zoomIn, zoomOutTitle: panel.dataset.zoomOut }).addTo(map);
  const shapes = new Map();
  const bounds = L.latLngBounds([]);
  if (areas) {
    bounds.extend(drawAreas(L, map, areas, told, shapes));
    if (areas.note) panel.querySelector("[data-map-note]").textContent = areas.note;
  }
  // Circles are what the page is about; with them the points are only their surroundings.
  const spots = L.latLngBounds(told.circles.length ? [] : told.points.map((point) => point.at));
  for (const circle of told.circles) spots.extend(L.latLng(circle.at).toBounds(2 * circle.metres));
  // Points say where something happens: the map goes there, with their surroundings; without any it shows the whole.
  if (spots.isValid()) bounds.extend(spots);
  const whole = bounds.isValid() ? bounds.pad(0.05) : [[17.9, 105.1], [18.8, 106.5]];
  map.fitBounds(spots.isValid() && !told.whole ? spots.pad(0.4) : whole, { maxZoom: told.circles.length ? 14 : 12 });
  await addBase(map, panel).catch(() => panel.classList.add("lacks-base"));
  drawCircles(L, map, told.circles);
  const light = tie(panel.dataset.table, shapes);
  const watch = (group, element) => lightsUp(group.map((point) => String(point.place ?? point.key)), element, light);
  drawPoints(L, map, told.points, shapes, panel, watch);
  for (const [key, element] of shapes) lightsUp([key], element, light);
  layers(L, map, panel, told, watch);
  pick(L, map, panel);
  // The table is refreshed while things happen; the map follows what its rows say.
  document.addEventListener("coso:refreshed", () => follow(panel.dataset.table, shapes));
  panel.dispatchEvent(new CustomEvent("coso:map", { bubbles: true, detail: { map, shapes } }));
}

function drawAreas(L, map, areas, told, shapes) {
  const layer = L.geoJSON(areas, {
    style: (feature) => {
      const state = told.states[feature.properties.code];
      return { className: `map-area${state ? ` map-area-${state}` : ""}` };
    },
    onEachFeature: (feature, shape) => {
      const { code, name } = feature.properties;
      shape.bindTooltip(plain(told.words[code] ? `${name}: ${told.words[code]}` : name), { sticky: true });
    },
    pointToLayer: (feature, at) => L.circleMarker(at, { radius: 5 }),
  });
  const bounds = layer.getBounds();
  // Without a view Leaflet draws nothing, and a shape that is not drawn has no element yet.
  if (bounds.isValid()) map.fitBounds(bounds);
  layer.addTo(map);
  layer.eachLayer((shape) => {
    const element = shape.getElement?.();
    // The table names the areas one by one; on the map Tab goes from point to point.
    element?.setAttribute("tabindex", "-1");
    shapes.set(String(shape.feature.properties.code), element);
  });
  return bounds;
}

function drawCircles(L, map, circles) {
  for (const circle of circles) {
    L.circle(circle.at, { radius: circle.metres, className: "map-circle", interactive: false }).addTo(map);
    const icon = L.divIcon({ className: "map-pin-name", html: plain(circle.name), iconSize: null });
    L.marker(circle.at, { icon, keyboard: false, interactive: false }).addTo(map);
  }
}

function drawPoints(L, map, points, shapes, panel, watch) {
  if (points.length > MOST_MARKERS) {
    groupedPoints(L, map, () => points, panel, watch);
    return;
  }
  const links = [];
  for (const point of points) {
    const marker = pointMark(L, point).addTo(map);
    if (point.url) links.push(marker);
    shapes.set(String(point.key), marker.getElement());
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

function follow(tableId, shapes) {
  const rows = document.getElementById(tableId)?.querySelectorAll("[data-place][data-state]") ?? [];
  for (const row of rows) {
    const element = shapes.get(row.dataset.place);
    if (!element || !element.classList.contains("map-point")) continue;
    element.classList.remove(...[...element.classList].filter((name) => name.startsWith("map-point-")));
    element.classList.add(`map-point-${row.dataset.state}`);
    element.replaceChildren(sign(row.dataset.state));
    const words = `${row.querySelector("th")?.firstChild?.textContent.trim()}: ${row.dataset.word}`;
    element.setAttribute("aria-label", words);
    element.title = words;
  }
}

// Rows come and go (a search, a refresh), so the table is listened to as a whole.
function tie(tableId, shapes) {
  const light = (key, on) => {
    shapes.get(key)?.classList.toggle("is-lit", on);
    const table = tableId && document.getElementById(tableId);
    table?.querySelector(`[data-place="${CSS.escape(key)}"]`)?.classList.toggle("is-lit", on);
  };
  if (!tableId) return light;
  for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => {
      const row = event.target.closest?.("[data-place]");
      if (row && row.closest(`#${CSS.escape(tableId)}`)) light(row.dataset.place, on);
    });
  }
  return light;
}

function lightsUp(keys, element, light) {
  for (const [name, on] of [["pointerenter", true], ["pointerleave", false], ["focus", true], ["blur", false]]) {
    element?.addEventListener(name, () => keys.forEach((key) => light(key, on)));
  }
}
