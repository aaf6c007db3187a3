// Where people write: text, files and commands, with a draft for each person.

import { byId, hasPointer } from "./dom.js";
import { Attachments } from "./attachments.js";
import { CommandMenu } from "./commands.js";

const TALLEST = 160; // pixels, about six lines

export class Composer {
  #input = byId("input");
  #form = byId("composer");
  #blocked = byId("blocked");
  #drafts = new Map();
  #person = null;
  #on;
  #menu;
  #attachments;

  /** `on`: text(text), file(file, caption), unblock(). */
  constructor(on) {
    this.#on = on;
    this.#menu = new CommandMenu({
      panel: byId("commands"), input: this.#input, button: byId("menu"),
      onChoose: (command) => this.#sendCommand(command),
    });
    this.#attachments = new Attachments(() => this.#refresh());
    this.#input.addEventListener("input", () => this.#refresh());
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    byId("unblock").addEventListener("click", () => on.unblock());
  }

  /** Write as `person` from now on; the draft of the one before is kept. */
  open(person) {
    if (this.#person !== null) {
      this.#drafts.set(this.#person, { text: this.#input.value, files: this.#attachments.files });
    }
    this.#person = person;
    const draft = this.#drafts.get(person) ?? { text: "", files: [] };
    this.#input.value = draft.text;
    this.#attachments.files = draft.files;
  }

  setCommands(commands) {
    this.#menu.set(commands);
  }

  setBlocked(isBlocked) {
    const wasFocused = this.#form.contains(document.activeElement)
      || this.#blocked.contains(document.activeElement);
    this.#form.hidden = isBlocked;
    this.#blocked.hidden = !isBlocked;
    byId("attachments").hidden = isBlocked || this.#attachments.files.length === 0;
    if (isBlocked) this.#menu.close();
    if (wasFocused) (isBlocked ? byId("unblock") : this.#input).focus();
  }

  focus() {
    if (hasPointer() && !this.#form.hidden) this.#input.focus();
  }

  #key(event) {
    // 229 is Safari's word for a key that belongs to the input method.
    if (event.isComposing || event.keyCode === 229 || this.#menu.handle(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.#send();
  }

  #send() {
    const text = this.#input.value.trim();
    const { files } = this.#attachments;
    if (!text && files.length === 0) return;
    this.#input.value = "";
    this.#attachments.files = [];
    this.#refresh();
    if (files.length === 0) this.#on.text(text);
    files.forEach((file, index) => this.#on.file(file, index === 0 ? text : ""));
  }

  #sendCommand(command) {
    this.#input.value = "";
    this.#refresh();
    this.#on.text(command);
  }

  #refresh() {
    const input = this.#input;
    byId("send").disabled = !input.value.trim() && this.#attachments.files.length === 0;
    this.#menu.typed(input.value);
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, TALLEST)}px`;
  }
}
