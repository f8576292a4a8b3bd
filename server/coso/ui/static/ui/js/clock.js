// `data-clock-since="<ISO moment>"`: how long ago, counted up each second: 04:09 or 1:04:09.
import { each } from "./once.js";

function two(number) {
  return String(number).padStart(2, "0");
}

export function clocks(root) {
  each(root, "[data-clock-since]", "Clock", (place) => {
    const since = Date.parse(place.dataset.clockSince);
    if (Number.isNaN(since)) return;
    const show = () => {
      const seconds = Math.max(0, Math.floor((Date.now() - since) / 1000));
      const hours = Math.floor(seconds / 3600);
      const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
      place.textContent = hours ? `${hours}:${rest}` : rest;
    };
    show();
    const timer = setInterval(() => (place.isConnected ? show() : clearInterval(timer)), 1000);
  });
}
