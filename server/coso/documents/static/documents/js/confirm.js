// Confirming a document by keys. They work while the focus is on an item or a doubt, never while somebody writes.
// Each key presses what the page offers without us: a box, a button, a link.
const page = document.querySelector("[data-confirm]");
const items = page ? [...page.querySelectorAll("[data-item]")] : [];
const doubts = page ? [...page.querySelectorAll("[data-doubt]")] : [];
let doubt = -1;

const current = () => items.find((item) => item.contains(document.activeElement));
const summary = (item) => item.querySelector("summary");
const writing = (one) => one.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");

function go(item) {
  if (!item) return;
  for (const other of items) if (other !== item && !other.querySelector(".is-invalid")) other.open = false;
  item.open = true;
  summary(item).focus();
  item.scrollIntoView({ block: "nearest" });
  // The paper follows: the first value of the item is lit there.
  item.querySelector("[data-spans]")?.dispatchEvent(new FocusEvent("focusin", { bubbles: false }));
}

// What stands as it stood in the earlier document is not asked again.
function besides(item, step) {
  let at = items.indexOf(item) + step;
  while (items[at]?.hasAttribute("data-same")) at += step;
  return items[at];
}

const beside = (step) => go(besides(current(), step));

function accept() {
  const item = current();
  const box = item?.querySelector("input[name$=-accepted]");
  if (box) {
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }
  mark(item);
  const next = besides(item, 1);
  if (next) go(next);
  else document.querySelector("button[name=confirm]")?.focus();
}

function mark(item) {
  const box = item?.querySelector("input[name$=-accepted]");
  item?.classList.toggle("review-item-sure", Boolean(box?.checked));
}

function nextDoubt() {
  if (!doubts.length) return;
  doubt = (doubt + 1) % doubts.length;
  const to = doubts[doubt].querySelector("[data-to-item]");
  const link = to ?? doubts[doubt].querySelector("a");
  doubts[doubt].scrollIntoView({ block: "nearest" });
  if (to) go(document.getElementById(to.hash.slice(1)));
  else link?.focus();
}

function leaveOut() {
  const box = current()?.querySelector("input[name$=-DELETE]");
  if (!box) return;
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

const KEYS = {
  a: accept,
  n: () => beside(1),
  p: () => beside(-1),
  d: nextDoubt,
  e: () => current()?.querySelector("textarea, input[type=text]")?.focus(),
  s: () => current()?.querySelector("button[name=split]")?.click(),
  j: () => current()?.querySelector("button[name=join]")?.click(),
  x: leaveOut,
};

page?.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && current()) {
    summary(current()).focus();
    return;
  }
  const act = KEYS[event.key.toLowerCase()];
  if (!act || writing(event.target)) return;
  event.preventDefault();
  act();
});

page?.addEventListener("click", (event) => {
  const link = event.target.closest("[data-begin], [data-to-item]");
  if (!link) return;
  event.preventDefault();
  const first = items.find((item) => !item.hasAttribute("data-same") && item.querySelector("input[name$=-accepted]:not(:checked)"));
  go(link.matches("[data-begin]") ? first ?? items[0] : document.getElementById(link.hash.slice(1)));
});

page?.addEventListener("change", (event) => {
  if (event.target.name?.endsWith("-accepted")) mark(event.target.closest("[data-item]"));
});
for (const item of items) mark(item);
// A click in the text goes to a field of an item that may be closed.
page?.addEventListener("pointerdown", (event) => {
  const span = event.target.closest("[data-span]")?.dataset.span;
  const field = span && [...page.querySelectorAll("[data-spans]")].find((one) => one.dataset.spans.split(" ").includes(span));
  const item = field?.closest("[data-item]");
  if (item) item.open = true;
});
if (location.hash.startsWith("#muc-")) go(document.getElementById(location.hash.slice(1)));
