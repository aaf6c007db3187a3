// The people one can play: a tab each, with unread count and last message.

import { el, paintAvatar } from "./dom.js";
import { shortLabel } from "./dates.js";
import { summary } from "./bubble.js";

export class People {
  #people;
  #tabs = new Map(); // person id → tab
  #unread = new Map();
  #onSelect;

  /** Fill `container` with tabs; `onSelect(id)` hears which one was chosen. */
  constructor(container, people, onSelect) {
    this.#people = people;
    this.#onSelect = onSelect;
    for (const [index, person] of people.entries()) {
      this.#tabs.set(person.id, tab(person, index, () => onSelect(person.id)));
      this.setUnread(person.id, 0);
    }
    container.replaceChildren(...this.#tabs.values());
    container.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("keydown", (event) => this.#shortcut(event));
  }

  get totalUnread() {
    return [...this.#unread.values()].reduce((sum, count) => sum + count, 0);
  }

  setActive(id) {
    for (const [other, node] of this.#tabs) {
      node.setAttribute("aria-selected", String(other === id));
      node.tabIndex = other === id ? 0 : -1;
    }
    this.#tabs.get(id).scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  setUnread(id, count) {
    this.#unread.set(id, count);
    const person = this.#people.find((one) => one.id === id);
    const node = this.#tabs.get(id);
    const badge = node.querySelector(".badge");
    badge.hidden = count === 0;
    badge.textContent = count > 99 ? "99+" : String(count);
    node.setAttribute(
      "aria-label", [person.name, person.note, count ? `${count}条未读` : null].filter(Boolean).join("，"),
    );
  }

  /** Show the last message below the name, or that the bot is typing. */
  setPreview(id, message, isTyping = false) {
    const node = this.#tabs.get(id);
    const preview = node.querySelector(".person-preview");
    preview.classList.toggle("typing", isTyping);
    preview.textContent = isTyping ? "正在输入…" : message ? summary(message) : "还没有消息";
    node.querySelector(".person-time").textContent = message ? shortLabel(message.date) : "";
  }

  #key(event) {
    const ids = [...this.#tabs.keys()];
    const at = ids.findIndex((id) => this.#tabs.get(id) === document.activeElement);
    const to = {
      ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1,
      Home: 0, End: ids.length - 1,
    }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const id = ids[(to + ids.length) % ids.length];
    this.#onSelect(id);
    this.#tabs.get(id).focus();
  }

  #shortcut(event) {
    const person = event.altKey && !event.ctrlKey && !event.metaKey
      ? this.#people[Number(/^Digit([1-9])$/.exec(event.code)?.[1]) - 1] : undefined;
    if (!person) return;
    event.preventDefault();
    this.#onSelect(person.id);
  }
}

function tab(person, index, choose) {
  return el("button", {
    type: "button", role: "tab", class: "person", id: `person-${person.id}`,
    "data-person": person.id, "aria-controls": `chat-${person.id}`, on: { click: choose },
  },
  paintAvatar(el("span", { class: "avatar" }), person.name, index),
  el("span", { class: "person-line" },
    el("span", { class: "person-name", text: person.name }),
    el("span", { class: "person-note", text: person.note }),
    el("span", { class: "person-time" })),
  el("span", { class: "person-preview" }),
  el("span", { class: "badge", hidden: true }));
}
