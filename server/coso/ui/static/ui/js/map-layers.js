// The layers of a map that a person switches on and off; each is fetched when it is first wanted.
import { groupedPoints, plain } from "./map-points.js";

export function layers(L, map, panel, told, onDrawn) {
  const box = panel.querySelector("[data-map-layers]");
  if (!box || !told.layers.length) return;
  box.hidden = false;
  const areas = new Map();
  const points = new Map();
  const shown = new Set();
  // The points of all layers together: marks of two layers must not cover each other.
  const marks = groupedPoints(L, map, () => [...shown].flatMap((key) => points.get(key) ?? []), panel, onDrawn);
  for (const layer of told.layers) {
    const tick = box.querySelector(`input[value="${CSS.escape(layer.key)}"]`);
    const legend = panel.querySelector(`[data-map-key="${CSS.escape(layer.key)}"]`);
    const follow = async () => {
      if (legend) legend.hidden = !tick.checked;
      if (tick.checked && !areas.has(layer.key) && !points.has(layer.key)) {
        const found = await fetch(layer.url).then((answer) => answer.json());
        if (layer.shape === "area") areas.set(layer.key, areaLayer(L, found));
        else points.set(layer.key, pointsOf(layer, found));
      }
      // It may have been switched off again while it came.
      if (layer.shape === "area") {
        if (tick.checked) areas.get(layer.key).addTo(map);
        else areas.get(layer.key)?.remove();
        return;
      }
      if (tick.checked) shown.add(layer.key);
      else shown.delete(layer.key);
      marks.redraw();
    };
    tick.addEventListener("change", follow);
    follow();
  }
}

function areaLayer(L, found) {
  return L.geoJSON(found, {
    style: (feature) => ({ className: `map-area map-class map-class-${feature.properties.state}` }),
    onEachFeature: (feature, shape) => shape.bindTooltip(plain(feature.properties.name), { sticky: true }),
  });
}

function pointsOf(layer, found) {
  return found.features.map((feature) => ({
    key: `${layer.key}-${feature.id}`,
    place: feature.properties.place,
    name: feature.properties.name,
    at: [feature.geometry.coordinates[1], feature.geometry.coordinates[0]],
    state: feature.properties.state,
    word: found.words?.[feature.properties.state] ?? "",
    url: found.page ? found.page.replace("/0/", `/${feature.id}/`) : "",
    shape: layer.shape,
  }));
}
