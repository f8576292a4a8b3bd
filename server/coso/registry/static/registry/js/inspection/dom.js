// Small helpers: making elements, and the sentences and chips that the page brought along.
const words = JSON.parse(document.getElementById("inspection-words").textContent);

/** Give a sentence by its name; `{count}` and the like are filled in. */
export function say(name, values = {}) {
  return words[name].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
}

/** Make an element: attributes by name (`onclick` and the like are listeners), then its children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Draw a state as icon, word and colour. */
export function chip(name) {
  return document.querySelector(`template[data-chip="${name}"]`).content.cloneNode(true);
}

/** Draw an icon of the house. */
export function icon(name) {
  return document.querySelector(`template[data-icon="${name}"]`).content.cloneNode(true);
}

/** Write a moment as 24/11/2026 05:30, in Vietnam's time. */
export function moment(iso) {
  const parts = { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" };
  const format = new Intl.DateTimeFormat("vi-VN", { ...parts, timeZone: "Asia/Ho_Chi_Minh", hour12: false });
  const told = Object.fromEntries(format.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
  return `${told.day}/${told.month}/${told.year} ${told.hour}:${told.minute}`;
}

/** Give text as it is searched: small letters without marks. */
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
}
