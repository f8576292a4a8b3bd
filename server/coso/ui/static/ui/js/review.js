// Side by side: what was read and where it stands in the paper light each other up.
// The paper has <mark data-span="7">, the item data-spans="7 8"; hover and focus work both ways.
import { each } from "./once.js";

export function reviews(root) {
  each(root, "[data-review]", "Review", (review) => {
    const items = [...review.querySelectorAll("[data-spans]")];
    const marks = [...review.querySelectorAll("[data-span]")];
    const spansOf = (item) => item.dataset.spans.split(" ");

    function light(spans, follow) {
      for (const mark of marks) mark.classList.toggle("is-lit", spans.includes(mark.dataset.span));
      for (const item of items) item.classList.toggle("is-lit", spansOf(item).some((span) => spans.includes(span)));
      if (!follow) return;
      const first = marks.find((mark) => spans.includes(mark.dataset.span));
      const paper = first?.closest(".review-paper");
      if (paper && paper.scrollHeight > paper.clientHeight) {
        // Not offsetTop: what it counts from differs with the size of the window (a sticky paper, a static one).
        const below = first.getBoundingClientRect().top - paper.getBoundingClientRect().top;
        paper.scrollTo({ top: paper.scrollTop + below - paper.clientHeight / 3 });
      }
    }

    for (const item of items) {
      item.addEventListener("focusin", () => light(spansOf(item), true));
      item.addEventListener("pointerenter", () => light(spansOf(item), false));
    }
    for (const mark of marks) {
      mark.addEventListener("pointerenter", () => light([mark.dataset.span], false));
      mark.addEventListener("click", () => {
        const item = items.find((one) => spansOf(one).includes(mark.dataset.span));
        const target = item?.querySelector("input, select, textarea, button, a");
        target?.focus();
      });
    }
  });
}
