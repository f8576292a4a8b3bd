// Points on a map: one mark for each, its shape by kind and its sign by state, or one mark for many that lie together.
// Every mark can be reached by Tab and says its name; Enter opens its page, or looks closer at many.
const NEAR = 38;
const WORST = ["danger", "need", "active", "waiting", "off", "done"];
const SIGNS = { done: "✓", need: "!", danger: "!", off: "–", active: "", waiting: "" };

export function sign(state) {
  const mark = document.createElement("span");
  mark.ariaHidden = "true";
  mark.textContent = SIGNS[state] ?? "";
  return mark;
}

export function pointMark(L, point) {
  const words = point.word ? `${point.name}: ${point.word}` : point.name;
  const classes = `map-point map-point-${point.state}${point.shape ? ` map-shape-${point.shape}` : ""}`;
  const marker = L.marker(point.at, {
    icon: L.divIcon({ className: classes, iconSize: [24, 24], html: sign(point.state) }),
    title: words,
    alt: words,
    keyboard: Boolean(point.url),
    // Moving the map under somebody who tabs through it would draw its marks anew and lose the place.
    autoPanOnFocus: false,
  });
  marker.bindTooltip(plain(words));
  if (point.url) marker.on("click", () => location.assign(point.url));
  return named(marker, words, point.url ? "link" : "img");
}

// Many points: what lies together is one mark with its number, drawn anew for each view of the map.
// `points` gives those to draw now; `redraw` draws them anew after they changed.
export function groupedPoints(L, map, points, panel, onDrawn = () => {}) {
  const layer = L.layerGroup();
  layer.redraw = () => {
    const held = document.activeElement?.dataset?.mapKey;
    layer.clearLayers();
    for (const group of groups(map, points())) {
      const marker = group.length === 1 ? pointMark(L, group[0]) : groupMark(L, map, group, panel);
      const key = String(group[0].key);
      layer.addLayer(marker);
      const element = marker.getElement();
      if (!element) continue;
      element.dataset.mapKey = key;
      // Cut off by the edge or under the buttons it can't be hit: out of the Tab order until the map has moved.
      if (isCutOff(map, group[0].at)) element.setAttribute("tabindex", "-1");
      if (held === key) element.focus({ preventScroll: true });
      onDrawn(group, element);
    }
  };
  layer.addTo(map);
  map.on("moveend resize", layer.redraw);
  layer.redraw();
  return layer;
}

function isCutOff(map, at) {
  const spot = map.latLngToContainerPoint(at);
  const size = map.getSize();
  const [half, buttons] = [18, { right: 70, bottom: 110 }];
  return (
    Math.min(spot.x, spot.y, size.x - spot.x, size.y - spot.y) < half || (spot.x < buttons.right && spot.y < buttons.bottom)
  );
}

function groups(map, points) {
  const seen = map.getBounds().pad(0.02);
  const apart = map.getZoom() >= map.getMaxZoom();
  const found = [];
  const squares = new Map();
  for (const point of points) {
    if (!seen.contains(point.at)) continue;
    const spot = map.latLngToLayerPoint(point.at);
    const [x, y] = [Math.floor(spot.x / NEAR), Math.floor(spot.y / NEAR)];
    const near = apart ? undefined : around(x, y, squares).find((group) => group.spot.distanceTo(spot) < NEAR);
    if (near) {
      near.push(point);
      continue;
    }
    const group = Object.assign([point], { spot });
    found.push(group);
    const square = `${x}:${y}`;
    squares.set(square, [...(squares.get(square) ?? []), group]);
  }
  return found;
}

function around(x, y, squares) {
  const found = [];
  for (const right of [-1, 0, 1]) for (const down of [-1, 0, 1]) found.push(...(squares.get(`${x + right}:${y + down}`) ?? []));
  return found;
}

function groupMark(L, map, group, panel) {
  const state = WORST.find((one) => group.some((point) => point.state === one)) ?? "waiting";
  const word = group.find((point) => point.state === state && point.word)?.word ?? "";
  const said = { count: group.length, word, worst: group.filter((point) => point.state === state).length };
  const words = panel.dataset[word ? "groupWords" : "groupPlain"].replace(/\{(\w+)\}/g, (_all, name) => said[name]);
  const marker = L.marker(group[0].at, {
    icon: L.divIcon({ className: "map-point map-group", iconSize: [34, 34], html: ring(group) }),
    title: words,
    alt: words,
    keyboard: true,
    autoPanOnFocus: false,
  });
  marker.bindTooltip(plain(words));
  const closer = () => map.fitBounds(L.latLngBounds(group.map((point) => point.at)).pad(0.2), { maxZoom: map.getZoom() + 3 });
  marker.on("click", closer);
  return named(marker, words, "button");
}

// The share of each state around the number of all.
function ring(group) {
  const drawing = svg("svg", { viewBox: "0 0 40 40", class: "map-ring", "aria-hidden": "true", focusable: "false" });
  let begun = 0;
  for (const state of WORST) {
    const share = (100 * group.filter((point) => point.state === state).length) / group.length;
    if (!share) continue;
    // A circumference of 100: lengths are per cent.
    const part = { class: `map-ring-${state}`, pathLength: "100", cx: "20", cy: "20", r: "17" };
    drawing.append(svg("circle", { ...part, "stroke-dasharray": `${share} ${100 - share}`, "stroke-dashoffset": String(-begun) }));
    begun += share;
  }
  const whole = document.createElement("div");
  whole.className = "map-group-inside";
  const count = document.createElement("span");
  count.textContent = String(group.length);
  whole.append(drawing, count);
  return whole;
}

function svg(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function named(marker, words, role) {
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute("aria-label", words);
    element.setAttribute("role", role);
  });
  // Leaflet's own key handling opens popups only.
  marker.on("keypress", (event) => {
    if (event.originalEvent.key === "Enter") marker.fire("click");
  });
  return marker;
}

// Leaflet takes a string as HTML; names are words.
export function plain(words) {
  const span = document.createElement("span");
  span.textContent = words;
  return span;
}
