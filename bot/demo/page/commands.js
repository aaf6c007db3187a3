// The bot's commands: the whole list behind ☰, and those that fit what is being typed.

import { el, hasPointer } from "./dom.js";

export class CommandMenu {
  #panel;
  #input;
  #button;
  #onChoose;
  #all = [];
  #shown = [];
  #index = 0;
  #isWhole = false; // opened by ☰: keys go to the list itself

  /** `onChoose(command)` hears "/today" when a command is chosen. */
  constructor({ panel, input, button, onChoose }) {
    this.#panel = panel;
    this.#input = input;
    this.#button = button;
    this.#onChoose = onChoose;
    button.addEventListener("click", () => this.#toggle());
    panel.addEventListener("keydown", (event) => this.handle(event));
    document.addEventListener("pointerdown", (event) => {
      if (!panel.contains(event.target) && !button.contains(event.target)) this.close();
    });
  }

  get isOpen() {
    return !this.#panel.hidden;
  }

  set(commands) {
    this.#all = commands;
    this.#button.hidden = commands.length === 0;
    if (this.#isWhole && this.isOpen) this.#show(commands);
    else this.typed(this.#input.value);
  }

  /** Offer the commands that begin like `text`; close when none does. */
  typed(text) {
    const isCommand = /^\/[^\s]*$/.test(text);
    const wanted = text.slice(1).toLowerCase();
    this.#isWhole = false;
    this.#show(isCommand ? this.#all.filter((c) => c.command.startsWith(wanted)) : []);
  }

  close() {
    const hadFocus = this.#panel.contains(document.activeElement);
    this.#show([]);
    if (hadFocus) (hasPointer() ? this.#input : this.#button).focus();
  }

  /** Take a key while open; true when it was one of the menu's. */
  handle(event) {
    if (!this.isOpen || event.isComposing) return false;
    const last = this.#shown.length - 1;
    const moves = {
      ArrowDown: this.#index === last ? 0 : this.#index + 1,
      ArrowUp: this.#index === 0 ? last : this.#index - 1,
      ...(this.#isWhole ? { Home: 0, End: last } : {}),
    };
    if (event.key in moves) this.#point(moves[event.key]);
    else if (event.key === "Enter" && !event.shiftKey) this.#choose(this.#index);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Tab" && !event.shiftKey && !this.#isWhole) this.#complete();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  #toggle() {
    if (this.isOpen) {
      this.close();
      return;
    }
    this.#isWhole = true;
    this.#show(this.#all);
    this.#panel.focus();
  }

  #show(commands) {
    this.#shown = commands;
    this.#panel.hidden = commands.length === 0;
    this.#button.setAttribute("aria-expanded", String(!this.#panel.hidden));
    this.#panel.replaceChildren(...commands.map((command, index) => this.#option(command, index)));
    this.#point(0);
  }

  #option({ command, description }, index) {
    return el("div", {
      role: "option", id: `command-${command}`, class: "command-option",
      on: { click: () => this.#choose(index), pointermove: () => this.#point(index) },
    }, el("span", { class: "command-what", text: description }),
    el("span", { class: "command-name", text: `/${command}` }));
  }

  #point(index) {
    this.#index = index;
    [...this.#panel.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
    });
    const option = this.#panel.children[index];
    for (const node of [this.#panel, this.#input]) {
      if (option) node.setAttribute("aria-activedescendant", option.id);
      else node.removeAttribute("aria-activedescendant");
    }
    option?.scrollIntoView({ block: "nearest" });
  }

  #choose(index) {
    const { command } = this.#shown[index];
    this.close();
    this.#onChoose(`/${command}`);
  }

  #complete() {
    this.#input.value = `/${this.#shown[this.#index].command} `;
    this.#input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
