// Choosing a spot with a click; the fields that hold it are there for everybody, the map fills them in.
export function pick(L, map, panel) {
  const [latitude, longitude] = (panel.dataset.pick ?? "").split(",").map((id) => id && document.getElementById(id));
  if (!latitude || !longitude) return;
  let mark = null;
  map.getContainer().classList.add("is-picked");
  const show = () => {
    const [lat, lon] = [latitude, longitude].map((field) => Number(field.value.replace(",", ".")));
    if (!latitude.value || !longitude.value || !Number.isFinite(lat) || !Number.isFinite(lon)) return;
    mark ??= L.marker([lat, lon], { icon: L.divIcon({ className: "map-pin", iconSize: [28, 28] }), keyboard: false, interactive: false });
    mark.setLatLng([lat, lon]).addTo(map);
  };
  map.on("click", (event) => {
    // The way a person writes degrees here: a comma, five places (about a metre).
    latitude.value = event.latlng.lat.toFixed(5).replace(".", ",");
    longitude.value = event.latlng.lng.toFixed(5).replace(".", ",");
    show();
    panel.querySelector("[data-map-picked]")?.replaceChildren(`${latitude.value}; ${longitude.value}`);
  });
  for (const field of [latitude, longitude]) field.addEventListener("input", show);
  show();
}
