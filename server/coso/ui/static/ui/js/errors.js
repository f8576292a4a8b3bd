// After a form came back with errors: the summary has the focus, and its links open what hides the field.
import { each } from "./once.js";

export function errors(root) {
  each(root, "[data-errors]", "Errors", (summary) => {
    summary.focus();
    summary.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      const closed = field.closest("details:not([open])");
      if (closed) closed.open = true;
      field.focus({ preventScroll: true });
      field.scrollIntoView({ block: "center" });
    });
  });
}
