// Where the person in view may talk: alone with the bot, or in a group.

import { el } from "./dom.js";

/** The key of a person's private chat, or of a group as that person sees it. */
export const roomKey = (person, group) => (group ? `${person}/${group}` : String(person));

export class Places {
  #container;
  #onSelect;
  #buttons = new Map(); // key → button

  /** `onSelect(key)` hears which room was chosen. */
  constructor(container, onSelect) {
    this.#container = container;
    this.#onSelect = onSelect;
  }

  /** Offer a person's rooms; there is nothing to choose where there is only one. */
  show(rooms, active) {
    this.#container.hidden = rooms.length < 2;
    this.#buttons = new Map(rooms.map((room) => [room.key, this.#button(room, active)]));
    this.#container.replaceChildren(...this.#buttons.values());
    for (const room of rooms) this.setUnread(room.key, room.unread);
  }

  setUnread(key, count) {
    const badge = this.#buttons.get(key)?.querySelector(".badge");
    if (!badge) return;
    badge.hidden = count === 0;
    badge.textContent = count > 99 ? "99+" : String(count);
  }

  #button(room, active) {
    return el("button", {
      type: "button", class: "place", "aria-pressed": String(room === active),
      on: { click: () => this.#onSelect(room.key) },
    },
    el("span", { text: room.group ? room.group.title : "私聊" }),
    el("span", { class: "badge", hidden: true }));
  }
}
