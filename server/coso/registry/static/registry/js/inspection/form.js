// The questions of one facility. Every tap and every letter is kept at once.
import { icon, make, say } from "./dom.js";

const MOST_BYTES = 12 * 1024 * 1024;

/** Draw the form; `keep(number, part, value)` keeps an answer, `photos` adds and takes away photos. */
export function drawForm(round, facility, keep, photos) {
  const draft = round.drafts.get(facility.id) ?? round.draft(facility.id, round.standing(facility.id));
  const checklist = round.checklist(facility);
  return [
    make("p", { class: "muted" }, `${facility.place} · ${checklist.title}`),
    make("form", { class: "house-form phone-form", novalidate: true, onsubmit: (event) => event.preventDefault() },
      positionBox(photos),
      ...checklist.items.map((item) => question(item, draft, keep, round.photosOf(facility.id), photos)),
    ),
  ];
}

function positionBox(photos) {
  const box = make("input", {
    class: "form-check-input", type: "checkbox", id: "keep-position", checked: photos.keepsPosition(),
    "aria-describedby": "keep-position-why", onchange: (event) => photos.keepPosition(event.target.checked),
  });
  const words = make("span", { class: "choice-words" }, make("span", { class: "choice-label" }, say("keep_position")));
  return make("div", { class: "field field-check" },
    make("p", { class: "field-help", id: "keep-position-why" }, say("keep_position_why")),
    make("label", { class: "choice", for: "keep-position" }, box, words));
}

function question(item, draft, keep, waiting, photos) {
  const answer = draft.answers[item.number] ?? {};
  const fault = draft.refused?.fields?.[`answers.${item.number}`];
  const optional = item.required ? null : make("span", { class: "field-optional" }, " ", say("optional"));
  return make("fieldset", { class: "phone-question", "data-question": item.number },
    make("legend", { id: `q${item.number}` }, `${item.number}. ${item.question}`, optional),
    item.article ? make("p", { class: "field-help" }, item.article) : null,
    fault ? make("p", { class: "field-fault", role: "alert" }, fault.join(" ")) : null,
    control(item, answer, (value) => keep(item.number, "value", value)),
    item.answer === "text" ? null : note(item, answer, (value) => keep(item.number, "note", value)),
    photoRow(item, waiting, photos),
  );
}

function control(item, answer, keep) {
  if (item.answer === "yes_no") return choices(item, ["yes", "no", "na"].map((value) => [value, say(value)]), answer, keep);
  if (item.answer === "choice") return choices(item, item.choices.map((value) => [value, value]), answer, keep);
  const number = item.answer === "number";
  const field = make(number ? "input" : "textarea", {
    class: "form-control", "aria-labelledby": `q${item.number}`, maxlength: number ? 20 : 2000,
    inputmode: number ? "decimal" : null, rows: number ? null : 3, oninput: (event) => keep(event.target.value.trim()),
  });
  field.value = answer.value === undefined ? "" : String(answer.value).replace(".", number ? "," : ".");
  return field;
}

function choices(item, values, answer, keep) {
  const buttons = values.map(([value, words], place) => {
    const id = `q${item.number}-${place}`;
    const input = make("input", {
      class: "form-check-input", type: "radio", name: `q${item.number}`, id, value,
      checked: answer.value === value, onchange: () => keep(value),
    });
    return make("label", { class: "choice", for: id }, input,
      make("span", { class: "choice-words" }, make("span", { class: "choice-label" }, words)));
  });
  return make("div", { class: "phone-choices", role: "radiogroup", "aria-labelledby": `q${item.number}` }, ...buttons);
}

function note(item, answer, keep) {
  const id = `n${item.number}`;
  const field = make("textarea", {
    class: "form-control", id, rows: 1, maxlength: 500, "aria-label": say("note_to", { number: item.number }), oninput: (event) => keep(event.target.value.trim()),
  });
  field.value = answer.note ?? "";
  return make("div", { class: "field" }, make("label", { class: "field-label", for: id }, say("note")), field);
}

/** Draw anew the photos of every question, and nothing that somebody may be typing into. */
export function redrawPhotos(round, facility, photos) {
  const items = new Map(round.checklist(facility).items.map((item) => [String(item.number), item]));
  for (const row of document.querySelectorAll("[data-photos]")) {
    row.replaceWith(photoRow(items.get(row.dataset.photos), round.photosOf(facility.id), photos));
  }
}

function photoRow(item, all, photos) {
  const waiting = all.filter((photo) => photo.item === item.number);
  const input = make("input", {
    class: "visually-hidden", type: "file", id: `p${item.number}`, accept: "image/jpeg,image/png,image/webp",
    multiple: true, "aria-label": say("add_photo_to", { number: item.number }),
    onchange: (event) => photos.add(item.number, [...event.target.files]),
  });
  const button = make("label", { class: "btn btn-quiet", for: `p${item.number}` }, icon("camera"), say("add_photo"));
  return make("div", { class: "phone-photos", "data-photos": item.number }, ...waiting.map((photo, place) => shown(item, photo, place + 1, photos)),
    input, button);
}

function shown(item, photo, count, photos) {
  const values = { count, number: item.number };
  const url = URL.createObjectURL(photo.file);
  const image = make("img", { src: url, alt: say("photo_of", values), onload: () => URL.revokeObjectURL(url) });
  const away = make("button", {
    class: "btn btn-quiet btn-sm", type: "button", "aria-label": say("remove_photo_of", values),
    onclick: () => photos.remove(photo.id),
  }, icon("delete"), say("remove_photo"));
  const fault = photo.refused ? make("figcaption", { class: "field-fault" }, photo.refused) : null;
  return make("figure", {}, image, away, fault);
}

/** Tell whether a file is small enough to be sent. */
export function isSmallEnough(file) {
  return file.size <= MOST_BYTES;
}
