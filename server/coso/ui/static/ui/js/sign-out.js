// `data-sign-out` on the form that signs out: pages that were kept for use without a network go first. They show what
// only the person who signs out may see, and they would open for whoever holds the phone next.
import { each } from "./once.js";

export function signOuts(root) {
  each(root, "form[data-sign-out]", "SignOut", (form) => {
    form.addEventListener("submit", async (event) => {
      if (!("caches" in window)) return;
      event.preventDefault();
      try {
        await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
      } finally {
        form.submit();
      }
    });
  });
}
