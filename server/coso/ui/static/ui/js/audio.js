// A player with `data-audio`: one sounds at a time; a button changes the speed, for those who check long recordings.
import { each } from "./once.js";

const SPEEDS = [1, 1.25, 1.5, 0.75];

export function players(root) {
  each(root, "audio[data-audio]", "Audio", (audio) => {
    audio.addEventListener("play", () => {
      for (const other of document.querySelectorAll("audio[data-audio]")) if (other !== audio) other.pause();
    });
    const label = audio.dataset.speedLabel;
    if (!label) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet btn-sm audio-speed";
    let place = 0;
    const show = () => {
      const speed = SPEEDS[place].toLocaleString(document.documentElement.lang);
      button.textContent = `×${speed}`;
      button.setAttribute("aria-label", `${label} ×${speed}`);
      audio.playbackRate = SPEEDS[place];
    };
    button.addEventListener("click", () => {
      place = (place + 1) % SPEEDS.length;
      show();
    });
    show();
    audio.after(button);
  });
}
