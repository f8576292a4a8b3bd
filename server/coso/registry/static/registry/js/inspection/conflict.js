// Two people's answers side by side; a person chooses question by question.
import { chip, icon, make, moment, say } from "./dom.js";

/** Draw the choice; `choose(answers)` takes what the person holds true. */
export function drawConflict(round, facility, choose) {
  const draft = round.drafts.get(facility.id);
  const theirs = draft.theirs;
  const items = round.checklist(facility).items.filter((item) => differ(draft.answers, theirs.answers, item.number));
  const form = make("form", {
    class: "conflict",
    onsubmit: (event) => {
      event.preventDefault();
      choose(chosen(draft.answers, theirs.answers, items, new FormData(event.target)));
    },
  }, ...items.map((item) => sides(item, draft, theirs)), submit());
  const values = { who: theirs.by, time: moment(theirs.filled_at) };
  return [make("p", { class: "lead-sentence" }, say("conflict_why", values)), form];
}

function differ(mine, theirs, number) {
  const text = (answer) => JSON.stringify([answer?.value ?? "", answer?.note ?? ""].map(String));
  return text(mine[number]) !== text(theirs[number]);
}

function sides(item, draft, theirs) {
  const mine = draft.answers[item.number];
  // Whoever answered nothing is hardly right.
  const takesMine = Boolean(mine) || !theirs.answers[item.number];
  return make("fieldset", { class: "conflict-row" },
    make("legend", {}, `${item.number}. ${item.question}`),
    make("div", { class: "conflict-sides" },
      side(item, "mine", mine, say("mine"), takesMine),
      side(item, "theirs", theirs.answers[item.number], theirs.by, !takesMine)));
}

function side(item, name, answer, who, checked) {
  const id = `c${item.number}-${name}`;
  const input = make("input", {
    class: "form-check-input", type: "radio", name: `c${item.number}`, id, value: name, checked,
  });
  const value = answer?.value;
  const drawn = ["yes", "no", "na"].includes(value) ? chip(value) : String(value ?? say("no_answer"));
  const words = make("span", { class: "choice-words" },
    make("span", { class: "choice-label" }, drawn),
    answer?.note ? make("span", {}, answer.note) : null,
    make("span", { class: "choice-explain" }, who));
  return make("label", { class: "choice-card", for: id }, input, words);
}

function submit() {
  return make("div", { class: "submit" }, make("button", { class: "btn btn-primary" }, icon("check"), say("choose")));
}

/** Join the answers: theirs where they were chosen, one's own elsewhere. */
function chosen(mine, theirs, items, form) {
  const joined = { ...mine };
  for (const { number } of items) {
    if (form.get(`c${number}`) !== "theirs") continue;
    if (theirs[number]) joined[number] = theirs[number];
    else delete joined[number];
  }
  return joined;
}
