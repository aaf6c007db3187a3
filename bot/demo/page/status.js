// The line below the bot's name: connection first, then typing, else who it is.

const TYPING_LASTS = 5500; // a bot repeats its chat action every 5 seconds

export class Status {
  #node;
  #idle = "";
  #person = null;
  #isOnline = false;
  #wasOnline = false;
  #typing = new Map(); // person → { timer, tell }

  constructor(node) {
    this.#node = node;
  }

  idle(text) {
    this.#idle = text;
    this.#paint();
  }

  /** The chat of `person` is the one in view. */
  show(person) {
    this.#person = person;
    this.#paint();
  }

  connection(state) {
    if (state === "offline") this.#isOnline = false;
    this.#paint();
  }

  /** The chats are as the server has them. */
  synced() {
    this.#isOnline = true;
    this.#wasOnline = true;
    this.#paint();
  }

  /** The bot is typing to `person`; `tell(isTyping)` hears when it begins and ends. */
  typing(person, tell) {
    this.stopTyping(person);
    const timer = setTimeout(() => this.stopTyping(person), TYPING_LASTS);
    this.#typing.set(person, { timer, tell });
    tell(true);
    this.#paint();
  }

  stopTyping(person) {
    const typing = this.#typing.get(person);
    if (!typing) return;
    clearTimeout(typing.timer);
    this.#typing.delete(person);
    typing.tell(false);
    this.#paint();
  }

  #paint() {
    const isTyping = this.#isOnline && this.#typing.has(this.#person);
    const offline = this.#wasOnline ? "正在重新连接…" : "正在连接…";
    const text = !this.#isOnline ? offline : isTyping ? "正在输入" : this.#idle;
    if (this.#node.textContent !== text) this.#node.textContent = text;
    this.#node.classList.toggle("typing", isTyping);
    this.#node.classList.toggle("offline", !this.#isOnline);
  }
}
