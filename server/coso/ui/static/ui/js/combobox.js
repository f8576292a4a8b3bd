// A `data-search-choice` becomes a combobox with a list of suggestions (ARIA 1.2): the first matches of what is typed
// come from its address. Without us the words go to the page, and the matches come back as radio buttons.
import { each } from "./once.js";

const PAUSE_MS = 150;

export function comboboxes(root) {
  each(root, "[data-search-choice]", "Combobox", (part) => new Combobox(part));
}

class Combobox {
  constructor(part) {
    this.part = part;
    this.input = part.querySelector("input[type=text]");
    this.asked = part.querySelector("input[type=hidden]");
    this.told = part.dataset;
    this.options = [];
    this.at = -1;
    this.chosen = this.told.chosen;
    part.querySelector("button").remove();
    part.classList.add("is-combobox");
    this.build();
    this.listen();
    // Words for which the page offered several stay a question.
    const several = this.input.value && this.input.value !== this.chosen;
    if (several && part.querySelector("[autofocus]")) this.input.focus();
    part.querySelector(".search-choice-options").remove();
    if (several) this.ask(document.activeElement === this.input);
  }

  build() {
    const { input } = this;
    this.value = make("input", { type: "hidden", name: this.asked.name.replace(/-asked$/, ""), value: this.told.value });
    const label = this.part.closest(".field")?.querySelector(".field-label")?.textContent.trim() ?? "";
    this.list = make("ul", { id: `${input.id}_list`, role: "listbox", class: "search-choice-list", "aria-label": label });
    this.list.hidden = true;
    this.status = make("p", { role: "status", class: "search-choice-told" });
    this.part.append(this.value, this.list, this.status);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id,
    })) input.setAttribute(name, value);
  }

  listen() {
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("click", () => { if (this.list.hidden) this.ask(true); });
    this.input.addEventListener("blur", () => this.close());
    // Before the field loses its focus, and the list with it.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.options[Number(option.dataset.at)]);
    });
  }

  typed() {
    if (this.input.value !== this.chosen) this.set("", "");
    clearTimeout(this.wait);
    this.wait = setTimeout(() => this.ask(true), PAUSE_MS);
  }

  async ask(open) {
    clearTimeout(this.wait);
    this.running?.abort();
    this.running = new AbortController();
    // With something chosen the list offers the others: what stands in the field is an answer, not a question.
    const words = this.value.value ? "" : this.input.value.trim();
    const address = new URL(this.told.searchChoice, location.href);
    address.searchParams.set("q", words);
    try {
      const answer = await fetch(address, { signal: this.running.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      this.show(found.options, found.more, open);
    } catch (fault) {
      if (fault.name === "AbortError") return;
      this.close();
      this.status.textContent = this.told.toldFault;
    }
  }

  show(options, more, open) {
    this.options = options;
    this.at = -1;
    this.list.replaceChildren(...options.map((one, at) => {
      const option = make("li", { id: `${this.list.id}_${at}`, role: "option", class: "search-choice-option", "data-at": at, "aria-selected": String(one.value === this.value.value) });
      option.textContent = one.words;
      return option;
    }));
    const some = more ? this.told.toldMore : "";
    this.status.textContent = options.length ? some : this.told.toldNone;
    if (open && options.length && document.activeElement === this.input) this.open(); else this.close();
  }

  open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.list.scrollTop = 0;
  }

  close() {
    clearTimeout(this.wait);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.at = -1;
  }

  pressed(event) {
    if (event.isComposing) return; // An input method is still putting a Vietnamese letter together.
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.ask(true); else this.move(key === "ArrowDown" ? 1 : -1);
    } else if (key === "Enter" && !this.list.hidden) {
      event.preventDefault();
      if (this.at >= 0) this.choose(this.options[this.at]);
      else if (this.options.length === 1) this.choose(this.options[0]);
    } else if (key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (key === "Tab" && this.at >= 0) {
      this.choose(this.options[this.at]);
    }
  }

  move(step) {
    const count = this.options.length;
    this.mark(false);
    // From the last on to the field itself, and from there to the first.
    this.at = ((this.at + 1 + step + count + 1) % (count + 1)) - 1;
    this.mark(true);
  }

  mark(is) {
    const option = this.list.children[this.at];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.classList.toggle("is-active", is);
    if (!is) return;
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  choose(option) {
    this.input.value = option.words;
    this.set(option.value, option.words);
    this.status.textContent = "";
    this.close();
    this.value.dispatchEvent(new Event("change", { bubbles: true }));
  }

  set(value, words) {
    this.value.value = value;
    this.chosen = words;
    this.asked.value = words;
  }
}

function make(tag, attributes) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
