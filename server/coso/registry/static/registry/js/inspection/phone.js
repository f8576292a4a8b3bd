// The page that is filled in on a phone: starts, shows what the address asks for, and keeps the bar on top true.
import { drawConflict } from "./conflict.js";
import { icon, make, moment, say } from "./dom.js";
import { drawForm, isSmallEnough, redrawPhotos } from "./form.js";
import { keepForLater } from "./keep.js";
import { drawList } from "./list.js";
import { Round } from "./state.js";
import * as store from "./store.js";
import { Queue } from "./sync.js";

const root = document.querySelector("[data-inspection]");
const { person, round: number, ...reach } = root.dataset;
const round = new Round(person, number);
const queue = new Queue(round, reach, changed);
const bar = make("div", { class: "phone-bar" });
const told = make("p", { role: "status" });
const view = make("div", { class: "phone-view" });
let typed = "";
let keepsPosition = false;
let drawn = "";
let drawnPhotos = "";
let ready = null;

async function start() {
  try {
    await round.load();
  } catch {
    // Private windows and full phones keep nothing: the ordinary forms below still work.
    root.prepend(make("div", { class: "slip slip-danger", role: "alert" }, make("p", {}, say("not_kept"))));
    return;
  }
  addEventListener("online", () => queue.turn());
  addEventListener("offline", changed);
  addEventListener("hashchange", show);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && queue.turn());
  await queue.turn();
  ready = await keepForLater(reach);
  changed();
}

/** Give the facility and the part of it that the address asks for: #12, #12/hai-ban. */
function asked() {
  const [id, part] = location.hash.slice(1).split("/");
  return { facility: round.facility(Number(id)), part };
}

function show() {
  const { facility, part } = asked();
  const isConflict = facility && part === "hai-ban" && round.drafts.get(facility.id)?.theirs;
  if (!round.package) return;
  if (!root.contains(view)) root.replaceChildren(bar, told, view);
  drawn = stamp();
  drawnPhotos = photoStamp();
  if (isConflict) {
    view.replaceChildren(wayBack(), title(say("conflict_title")), ...drawConflict(round, facility, choose(facility)));
  } else if (facility) {
    view.replaceChildren(wayBack(), title(facility.name), verdict(facility), ...drawForm(round, facility, keep(facility), photos(facility)), wayBack());
  } else {
    view.replaceChildren(...drawList(round, typed, search));
  }
  view.querySelector("h2")?.focus();
  drawBar();
}

/** Say what is on the page now, to know whether it must be drawn anew. */
function stamp() {
  const { facility, part } = asked();
  if (!facility) return JSON.stringify([typed, round.package?.facilities.map((one) => round.state(one))]);
  const draft = round.drafts.get(facility.id);
  return JSON.stringify([facility.id, part, draft?.answers ?? {}, draft?.theirs?.version, draft?.refused]);
}

function photoStamp() {
  const { facility } = asked();
  return facility ? JSON.stringify(round.photosOf(facility.id).map((photo) => [photo.id, photo.refused])) : "";
}

/** Something happened: draw what looks different, but never under the fingers of who types. */
function changed() {
  if (!round.package) return;
  const { facility } = asked();
  const typing = view.contains(document.activeElement) && /INPUT|TEXTAREA/.test(document.activeElement.tagName);
  const mine = facility && round.drafts.get(facility.id);
  if (!root.contains(view) || (stamp() !== drawn && !(facility && typing && mine?.waits))) return redraw();
  if (facility && photoStamp() !== drawnPhotos) {
    drawnPhotos = photoStamp();
    redrawPhotos(round, facility, photos(facility));
  }
  const line = document.getElementById("verdict");
  if (line && facility) writeVerdict(line, facility);
  drawBar();
}

function redraw() {
  const focused = document.activeElement?.id;
  const at = scrollY;
  show();
  if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
  scrollTo(0, at);
}

function search(text) {
  typed = text;
  redraw();
  const field = document.getElementById("facility-search");
  field.setSelectionRange(text.length, text.length);
}

const title = (words) => make("h2", { tabindex: -1 }, words);
const wayBack = () => make("p", {}, make("a", { class: "btn btn-quiet", href: "#" }, icon("back"), say("back")));

function verdict(facility) {
  const line = make("p", { class: "muted", id: "verdict", role: "status" });
  writeVerdict(line, facility);
  return line;
}

function writeVerdict(line, facility) {
  const draft = round.drafts.get(facility.id);
  const missing = round.missing(facility, draft?.answers ?? {}).length;
  const kept = draft?.filled_at && draft.waits ? say("kept", { time: moment(draft.filled_at) }) : "";
  const there = round.standing(facility.id)?.photos.length ?? 0;
  const parts = [missing ? say("missing", { count: missing }) : say("whole"), kept];
  if (there) parts.push(say("photos_there", { count: there }));
  if (draft?.refused) parts.push(say("refused", { reason: draft.refused.message }));
  line.textContent = parts.filter(Boolean).join(" ");
}

function keep(facility) {
  return async (number, part, value) => {
    try {
      await round.answer(facility.id, number, part, value);
      queue.news = "";
    } catch {
      queue.news = say("not_kept");
    }
    // The fields show it already; what was said against the answers of before is over.
    drawn = stamp();
    for (const fault of view.querySelectorAll(".phone-question > .field-fault")) fault.remove();
    changed();
  };
}

function photos(facility) {
  return {
    keepsPosition: () => keepsPosition,
    keepPosition: (on) => {
      keepsPosition = on;
    },
    add: async (item, files) => {
      const position = keepsPosition ? await here() : null;
      for (const file of files) {
        if (isSmallEnough(file)) await round.addPhoto(facility.id, item, file, position);
        else queue.news = say("photo_too_big");
      }
      changed();
    },
    remove: async (id) => {
      await round.removePhoto(id);
      changed();
    },
  };
}

/** Ask the phone where it is; an empty position when it does not know: the file may still say it. */
function here() {
  return new Promise((resolve) => {
    const found = ({ coords }) => resolve({ latitude: coords.latitude, longitude: coords.longitude });
    navigator.geolocation.getCurrentPosition(found, () => resolve({}), { timeout: 10000, maximumAge: 60000 });
  });
}

function choose(facility) {
  return async (answers) => {
    const now = new Date().toISOString();
    await store.change("drafts", round.key(facility.id), (draft) => ({
      ...draft, answers, id: draft.theirs.id, base_version: draft.theirs.version, theirs: null,
      filled_at: now, edit: draft.edit + 1, waits: true, refused: null,
    }));
    await round.refresh();
    location.hash = `#${facility.id}`;
    await queue.turn();
  };
}

/** Send everything, also what was not taken before: the round may be open again, the clock may have been set. */
async function sendNow() {
  for (const draft of round.drafts.values()) {
    if (draft.refused) await store.change("drafts", draft.key, again);
  }
  for (const photo of round.photos) if (photo.refused) await store.put("photos", { ...photo, refused: null });
  await round.refresh();
  await queue.turn();
}

/** Give a refused draft as it goes out again; what a clock that ran ahead dated tomorrow was filled in by now. */
function again(draft) {
  const now = new Date().toISOString();
  const filled_at = Date.parse(draft.filled_at) > Date.parse(now) ? now : draft.filled_at;
  return { ...draft, filled_at, refused: null, waits: true };
}

function drawBar() {
  const drafts = [...round.drafts.values()].filter((draft) => draft.waits).length;
  const waiting = { count: drafts, photos: round.photos.length };
  const some = drafts || round.photos.length;
  const line = navigator.onLine ? [icon("online"), say("online")] : [icon("offline"), say("offline")];
  const words = queue.busy && some ? say("sending") : some ? say("waiting", waiting) : say("nothing_waits");
  const kept = ready === null ? "" : ready ? say("ready") : say("not_ready");
  const button = some && !queue.signedOut
    ? make("button", { class: "btn btn-primary", type: "button", onclick: sendNow }, icon("send"), say("send_now"))
    : null;
  const news = queue.signedOut ? say("signed_out") : queue.news;
  const door = queue.signedOut ? make("a", { class: "btn btn-primary", href: reach.login }, say("sign_in")) : null;
  bar.replaceChildren(make("p", {}, ...line, " ", words), ...[button, door].filter(Boolean));
  const said = [news, navigator.onLine ? kept : ""].filter(Boolean).join(" ");
  if (told.textContent !== said) told.textContent = said;
}

start();
