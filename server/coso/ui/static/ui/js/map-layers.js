// The layers of a map that a person switches on and off; each is fetched when it is first wanted.
import { groupedPoints, plain } from "./map-points.js";

export function layers(L, map, panel, told, onDrawn) {
  const box = panel.querySelector("[data-map-layers]");
  if (!box || !told.layers.length) return;
  box.hidden = false;
  const drawn = new Map();
  for (const layer of told.layers) {
    const tick = box.querySelector(`input[value="${CSS.escape(layer.key)}"]`);
    const key = box.querySelector(`[data-map-key="${CSS.escape(layer.key)}"]`);
    const follow = async () => {
      if (key) key.hidden = !tick.checked;
      if (!tick.checked) {
        drawn.get(layer.key)?.remove();
        return;
      }
      if (!drawn.has(layer.key)) drawn.set(layer.key, await fetched(L, map, panel, layer, onDrawn));
      // It may have been switched off again while it came.
      if (tick.checked) drawn.get(layer.key).addTo(map);
    };
    tick.addEventListener("change", follow);
    follow();
  }
}

async function fetched(L, map, panel, layer, onDrawn) {
  const told = await fetch(layer.url).then((answer) => answer.json());
  const word = (state) => told.words?.[state] ?? "";
  if (layer.shape === "area") {
    return L.geoJSON(told, {
      interactive: true,
      style: (feature) => ({ className: `map-area map-class map-class-${feature.properties.state}` }),
      onEachFeature: (feature, shape) => {
        shape.bindTooltip(plain(`${feature.properties.name}: ${word(feature.properties.state)}`), { sticky: true });
      },
    });
  }
  const points = told.features.map((feature) => ({
    key: `${layer.key}-${feature.id}`,
    place: feature.properties.place,
    name: feature.properties.name,
    at: [feature.geometry.coordinates[1], feature.geometry.coordinates[0]],
    state: feature.properties.state,
    word: word(feature.properties.state),
    url: told.page ? told.page.replace("/0/", `/${feature.id}/`) : "",
    shape: layer.shape,
  }));
  return groupedPoints(L, map, points, panel, onDrawn);
}
