// The queue: what waits is sent one by one when the line is back; nothing is forgotten before the system has it.
import * as store from "./store.js";
import { say } from "./dom.js";

const AGAIN_MS = 30000;

export class Queue {
  /** `changed` is called whenever something on the page may look different. */
  constructor(round, reach, changed) {
    this.round = round;
    this.reach = reach;
    this.changed = changed;
    this.news = "";
    this.signedOut = false;
    this.busy = false;
    this.timer = null;
  }

  get waiting() {
    const drafts = [...this.round.drafts.values()].filter((draft) => draft.waits && !draft.theirs && !draft.refused);
    return { drafts, photos: this.round.photos.filter((photo) => !photo.refused) };
  }

  /** Fetch what stands, then send what waits. Whoever calls while it runs is served by the next turn. */
  async turn() {
    clearTimeout(this.timer);
    // Without a line there is nothing to try; the browser tells when it is back.
    if (this.busy || !navigator.onLine) return this.changed();
    this.busy = true;
    this.changed();
    try {
      const token = await this.fetchPackage();
      if (token) await this.sendAll(token);
      if (token && this.somethingSent) await this.fetchPackage();
    } catch {
      // No line, or one that broke: the next turn goes on.
      this.news = navigator.onLine ? say("server_away") : "";
    } finally {
      this.busy = false;
      const { drafts, photos } = this.waiting;
      if ((drafts.length || photos.length) && navigator.onLine && !this.signedOut) {
        this.timer = setTimeout(() => this.turn(), AGAIN_MS);
      }
      this.changed();
    }
  }

  async fetchPackage() {
    const answer = await fetch(this.reach.package, { redirect: "manual", cache: "no-store" });
    if (!this.isIn(answer)) return "";
    if (!answer.ok) {
      this.news = answer.status < 500 ? say("gone") : say("server_away");
      return "";
    }
    const told = await answer.json();
    // Somebody else signed in on this phone: what was filled in stays with who filled it in.
    if (String(told.person) !== this.round.person) {
      this.news = say("other_round");
      return "";
    }
    await this.round.take(told);
    return told.csrf;
  }

  /** Tell whether the person is still signed in; the door leads strangers away. */
  isIn(answer) {
    this.signedOut = answer.type === "opaqueredirect" || answer.status === 401;
    return !this.signedOut;
  }

  async sendAll(token) {
    this.news = "";
    this.somethingSent = false;
    for (const draft of this.waiting.drafts) {
      if (!(await this.sendDraft(draft, token))) return;
      await this.round.refresh();
      this.changed();
    }
    for (const photo of this.waiting.photos) {
      const draft = this.round.drafts.get(photo.facility);
      if (!draft || draft.base_version === 0) continue;
      if (!(await this.sendPhoto(photo, draft, token))) return;
      await this.round.refresh();
      this.changed();
    }
  }

  /** Send one inspection; false: stop the turn. */
  async sendDraft(draft, token) {
    const { id, facility, base_version, filled_at, answers } = draft;
    const answer = await fetch(this.reach.sync, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({ id, facility, base_version, filled_at, answers }),
    });
    const told = await this.read(answer);
    if (!told) return false;
    await store.change("drafts", draft.key, (now) => settled(now, draft.edit, told));
    if (told.state === "settled") this.news = say("settled");
    this.somethingSent = true;
    return true;
  }

  async sendPhoto(photo, draft, token) {
    const form = new FormData();
    form.set("inspection", draft.id);
    form.set("item", photo.item);
    form.set("sha256", await digest(photo.file));
    if (photo.position) {
      form.set("keep_position", "1");
      form.set("latitude", photo.position.latitude ?? "");
      form.set("longitude", photo.position.longitude ?? "");
    }
    form.set("photo", photo.file, "photo");
    const sent = { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token }, body: form };
    const told = await this.read(await fetch(this.reach.photo, sent));
    if (!told) return false;
    if (told.state === "taken") await store.remove("photos", photo.id);
    else if (told.state !== "again") await store.put("photos", { ...photo, refused: reason(told) });
    this.somethingSent = true;
    return true;
  }

  /** Read an answer of the system; null when it has none for us now. */
  async read(answer) {
    if (!this.isIn(answer)) return null;
    if (answer.status === 413) return { state: "refused", message: say("too_big"), fields: {} };
    if (!(answer.headers.get("Content-Type") ?? "").includes("json")) {
      this.news = say("server_away");
      return null;
    }
    return answer.json();
  }
}

/** Give the draft after the system's answer; what was typed meanwhile (`edit`) waits for the next turn. */
function settled(draft, edit, told) {
  const standing = told.standing;
  switch (told.state) {
    case "taken":
      return { ...draft, id: told.id, base_version: told.version, waits: draft.edit !== edit, refused: null };
    case "settled":
      return { ...draft, id: standing.id, base_version: standing.version, answers: standing.answers, waits: false };
    case "conflict":
      return { ...draft, theirs: standing };
    case "again":
      return null;
    default:
      return { ...draft, refused: { message: reason(told), fields: told.fields ?? {} } };
  }
}

function reason(told) {
  const sentences = Object.values(told.fields ?? {}).flat();
  return sentences.length ? [...new Set(sentences)].join(" ") : told.message;
}

async function digest(file) {
  if (!crypto.subtle) return "";
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
