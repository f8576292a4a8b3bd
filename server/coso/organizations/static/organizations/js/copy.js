// Copies the value of a field; the button shows only where this can run.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.querySelector(button.dataset.copy);
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without TLS, or refused: what is selected can still be copied by hand.
      if (!document.execCommand("copy")) return;
    }
    button.querySelector("span").textContent = button.dataset.copied;
  });
}
