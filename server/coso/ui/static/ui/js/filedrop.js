// A file field that also takes a file dropped on it; the ordinary field stays and does the work.
import { each } from "./once.js";

export function fileDrops(root) {
  each(root, "[data-file-drop]", "Drop", (place) => {
    const input = place.querySelector("input[type=file]");
    if (!input) return;
    const hint = document.createElement("p");
    hint.className = "file-drop-hint";
    hint.textContent = place.dataset.dropHint;
    place.append(hint);
    for (const name of ["dragenter", "dragover"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.add("is-over");
      });
    }
    for (const name of ["dragleave", "drop"]) place.addEventListener(name, () => place.classList.remove("is-over"));
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      if (!files.length) return;
      const taken = new DataTransfer();
      for (const file of input.multiple ? files : files.slice(0, 1)) taken.items.add(file);
      input.files = taken.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
}
