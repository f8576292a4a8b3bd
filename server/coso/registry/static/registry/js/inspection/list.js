// The list of facilities: what is done, what waits, found without marks.
import { chip, fold, make, say } from "./dom.js";

/** Draw the list; `typed` is what was searched for. */
export function drawList(round, typed, search) {
  const facilities = round.package.facilities;
  const done = facilities.filter((one) => isDone(round, one)).length;
  const wanted = fold(typed).split(" ").filter(Boolean);
  const shown = facilities.filter((one) => {
    const text = fold(`${one.name} ${one.code} ${one.place}`);
    return wanted.every((word) => text.includes(word));
  });
  const field = make("input", {
    class: "form-control",
    id: "facility-search",
    type: "search",
    value: typed,
    autocomplete: "off",
    oninput: (event) => search(event.target.value),
  });
  return [
    make("p", { class: "lead-sentence" }, say("progress", { done, all: facilities.length })),
    make("div", { class: "field" }, make("label", { class: "field-label", for: "facility-search" }, say("search")), field),
    make("ul", { class: "lines", "aria-label": say("facilities") }, ...shown.map((one) => row(round, one))),
    make("p", { class: "muted", role: "status" }, shown.length ? "" : say("none_found")),
  ];
}

function isDone(round, facility) {
  const answers = round.drafts.get(facility.id)?.answers ?? {};
  return Object.keys(answers).length > 0 && !round.missing(facility, answers).length;
}

function row(round, facility) {
  const state = round.state(facility);
  const way = state === "conflict" ? `#${facility.id}/hai-ban` : `#${facility.id}`;
  const words = make("p", { class: "line-words" }, make("a", { href: way }, facility.name), " ");
  words.append(make("span", { class: "line-about" }, facility.place));
  return make("li", { class: "line" }, make("div", { class: "phone-row" }, words, chip(state)));
}
