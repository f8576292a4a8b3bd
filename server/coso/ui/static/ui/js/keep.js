// A form with `data-keep="key"` keeps its texts in this tab until they were sent. Session storage on purpose:
// office computers are shared, and a draft must not outlive the window it was typed in.
import { each } from "./once.js";

const MARK = "coso-draft:";
const SENT = "coso-sent:";

// A form that went out is done with once an ordinary page of ours comes back without errors. When the line failed, the
// person comes back by "back" or "reload", and finds the text again.
function forgetSent() {
  const arrived = performance.getEntriesByType("navigation")[0]?.type === "navigate";
  for (const name of Object.keys(sessionStorage).filter((one) => one.startsWith(SENT))) {
    sessionStorage.removeItem(name);
    if (arrived && !document.querySelector("[data-errors]")) sessionStorage.removeItem(name.replace(SENT, MARK));
  }
}

function texts(form) {
  return form.querySelectorAll("textarea[name], input[type=text][name]");
}

export function keepDrafts(root) {
  if (root === document) forgetSent();
  each(root, "form[data-keep]", "Keep", (form) => {
    const place = `${location.pathname}:${form.dataset.keep}`;
    const kept = JSON.parse(sessionStorage.getItem(MARK + place) || "{}");
    for (const field of texts(form)) if (kept[field.name] && !field.value) field.value = kept[field.name];
    form.addEventListener("input", () => {
      const values = {};
      for (const field of texts(form)) if (field.value) values[field.name] = field.value;
      sessionStorage.setItem(MARK + place, JSON.stringify(values));
    });
    form.addEventListener("submit", () => sessionStorage.setItem(SENT + place, "1"));
  });
}
