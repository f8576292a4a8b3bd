// The round on this phone: its facilities and questions, what was filled in, what waits to be sent.
import * as store from "./store.js";

export class Round {
  /** `person` and `round` are ids: what one person filled in is never shown to another on the same phone. */
  constructor(person, round) {
    this.owner = `${person}:${round}`;
    this.person = person;
    this.package = null;
    this.drafts = new Map();
    this.photos = [];
    this.writes = 0;
  }

  key(facility) {
    return `${this.owner}:${facility}`;
  }

  /** Read what was kept. */
  async load() {
    this.package = (await store.get("packages", this.owner)) ?? null;
    await this.refresh();
  }

  /** Read drafts and photos anew; once more when somebody typed meanwhile, so that no letter is forgotten. */
  async refresh() {
    const mine = (record) => record.owner === this.owner;
    let seen;
    do {
      seen = this.writes;
      const photos = (await store.all("photos")).filter(mine);
      const drafts = (await store.all("drafts")).filter(mine);
      if (seen === this.writes) {
        this.photos = photos;
        this.drafts = new Map(drafts.map((draft) => [draft.facility, draft]));
      }
    } while (seen !== this.writes);
  }

  /** Keep what the system sent along; what waits to be sent stays as it is. */
  async take(told) {
    await store.put("packages", { key: this.owner, ...told });
    this.package = told;
    for (const standing of told.inspections) {
      await store.change("drafts", this.key(standing.facility), (draft) => {
        if (draft && (draft.waits || draft.theirs)) return null;
        return this.draft(standing.facility, standing);
      });
    }
    await this.refresh();
  }

  draft(facility, standing) {
    return {
      key: this.key(facility),
      owner: this.owner,
      facility,
      id: standing?.id ?? newId(),
      base_version: standing?.version ?? 0,
      answers: standing?.answers ?? {},
      filled_at: standing?.filled_at ?? null,
      edit: 0,
      waits: false,
      refused: null,
      theirs: null,
    };
  }

  facility(id) {
    return this.package?.facilities.find((one) => one.id === id);
  }

  checklist(facility) {
    return this.package.checklists[facility.checklist];
  }

  standing(facility) {
    return this.package.inspections.find((one) => one.facility === facility);
  }

  photosOf(facility) {
    return this.photos.filter((photo) => photo.facility === facility);
  }

  /** Keep an answer at once. */
  async answer(facility, number, part, value) {
    const now = new Date().toISOString();
    this.writes += 1;
    await store.change("drafts", this.key(facility), (kept) => {
      const draft = kept ?? this.draft(facility, this.standing(facility));
      const answer = { ...draft.answers[number], [part]: value };
      const answers = { ...draft.answers, [number]: answer };
      if (!answer.value && !answer.note) delete answers[number];
      return { ...draft, answers, filled_at: now, edit: draft.edit + 1, waits: true, refused: null };
    });
    // Only this one: photos are too heavy to be read again with each letter.
    this.drafts.set(facility, await store.get("drafts", this.key(facility)));
  }

  /** Keep a photo until it is sent; an inspection goes along, so that the photo has one to belong to. */
  async addPhoto(facility, item, file, position) {
    await store.put("photos", { owner: this.owner, facility, item, file, position, refused: null });
    await store.change("drafts", this.key(facility), (kept) => {
      const draft = kept ?? this.draft(facility, this.standing(facility));
      if (kept && draft.base_version > 0) return null;
      return { ...draft, filled_at: draft.filled_at ?? new Date().toISOString(), waits: true };
    });
    await this.refresh();
  }

  async removePhoto(id) {
    await store.remove("photos", id);
    await this.refresh();
  }

  /** Give how a facility stands, by the name of its chip. */
  state(facility) {
    const draft = this.drafts.get(facility.id);
    if (draft?.theirs) return "conflict";
    if (draft?.refused || this.photosOf(facility.id).some((photo) => photo.refused)) return "refused";
    if (draft?.waits || this.photosOf(facility.id).length) return "unsent";
    const answers = draft?.answers ?? {};
    if (!Object.keys(answers).length) return "none";
    return this.missing(facility, answers).length ? "begun" : "done";
  }

  /** List the required questions without a value. */
  missing(facility, answers) {
    const items = this.checklist(facility).items;
    return items.filter((item) => item.required && !hasValue(answers[item.number])).map((item) => item.number);
  }
}

function hasValue(answer) {
  return answer?.value !== undefined && answer.value !== "" && answer.value !== null;
}

/** Make a UUID of version 4; `randomUUID` is missing on plain HTTP. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
