// The chat page: brings the session, the chats, the event stream and the composer together.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { byId, paintAvatar } from "./dom.js";
import { listen } from "./events.js";
import { alert, confirm, copy, enlarge, initLightbox, toast } from "./overlays.js";
import { makePending } from "./pending.js";
import { People } from "./people.js";
import * as seen from "./seen.js";
import { Status } from "./status.js";
import { summary } from "./bubble.js";
import { Taps } from "./taps.js";

class App {
  #bot;
  #people; // the tabs
  #rooms = new Map(); // person id → { person, chat, commands, isBlocked, isSynced }
  #active = null;
  #held = null; // events that came while the chats were being fetched
  #status = new Status(byId("status"));
  #composer = new Composer({
    text: (text) => this.#send(this.#active, text),
    file: (file, caption) => this.#upload(this.#active, file, caption),
    unblock: () => this.#setBlocked(false),
  });
  #taps = new Taps(api.tap, {
    onChange: (person, id, data, is) => this.#rooms.get(person).chat.showWaiting(id, data, is),
    onAnswer: (person, answer) => this.#answered(person, answer),
    onFailure: toast,
  });

  start() {
    initLightbox();
    window.addEventListener("hashchange", () => this.#open(this.#wanted()));
    document.addEventListener("visibilitychange", () => this.#read());
    byId("block").addEventListener("click", () => this.#askToBlock());
    listen({
      onOpen: () => this.#resync(),
      onEvent: (event) => (this.#held ? this.#held.push(event) : this.#hear(event)),
      onState: (state) => this.#status.connection(state),
    });
  }

  /** Fetch everything anew; events that come meanwhile are newer and are heard afterwards. */
  async #resync() {
    const held = [];
    this.#held = held;
    this.#taps.forget();
    try {
      const session = await api.session();
      if (!this.#people) this.#meet(session);
      else if (this.#isAnother(session)) location.reload();
      await Promise.all([...this.#rooms.values()].map((room) => this.#fetch(room)));
    } catch (error) {
      toast(error.message);
    }
    if (this.#held !== held) return; // connected once more meanwhile: that run goes on
    this.#held = null;
    held.forEach((event) => this.#hear(event));
    this.#status.synced();
    if (this.#active === null && this.#people) this.#open(this.#wanted());
  }

  #isAnother({ bot, people }) {
    const ids = people.map((person) => String(person.id));
    return bot.id !== this.#bot.id || ids.some((id) => !this.#rooms.has(id));
  }

  #meet({ bot, people }) {
    this.#bot = bot;
    const known = people.map((person) => ({ ...person, id: String(person.id) }));
    this.#people = new People(byId("people"), known, (id) => this.#open(id));
    for (const person of known) {
      const chat = new Chat(person, bot, this.#actions(person.id));
      this.#rooms.set(person.id, { person, chat, commands: [], isBlocked: false });
      byId("chats").append(chat.element);
    }
    byId("bot-name").textContent = bot.name;
    this.#status.idle(`@${bot.username}`);
    paintAvatar(byId("bot-avatar"), bot.name);
  }

  #actions(person) {
    return {
      tap: (message, data) => this.#taps.start(person, message.message_id, data),
      isWaiting: (message, data) => this.#taps.isWaiting(person, message.message_id, data),
      command: (text) => this.#send(person, text),
      follow: (event, address) => this.#follow(event, person, address),
      vote: (message, chosen) => this.#try(() => api.vote(person, message.message_id, chosen)),
      copy,
      enlarge,
    };
  }

  /** Links to this very bot stay here: t.me/BOT?start=CODE says /start CODE. */
  #follow(event, person, address) {
    const { host, pathname, searchParams } = new URL(address);
    const isOurs = host === "t.me"
      && pathname.slice(1).toLowerCase() === this.#bot.username.toLowerCase();
    if (!isOurs) return;
    event.preventDefault();
    this.#send(person, ["/start", searchParams.get("start")].filter(Boolean).join(" "));
  }

  async #fetch(room) {
    const { messages, commands, blocked, unread } = await api.history(room.person.id);
    const isFirst = !room.isSynced;
    room.isSynced = true;
    room.chat.sync(messages);
    Object.assign(room, { commands, isBlocked: blocked });
    const fresh = isFirst ? Math.min(unread, room.chat.countAfter(seen.read(room.person.id))) : 0;
    if (fresh > 0) {
      room.chat.markUnread(fresh);
      this.#people.setUnread(room.person.id, fresh);
    }
    this.#refresh(room);
  }

  #wanted() {
    const id = new URLSearchParams(location.hash.slice(1)).get("person");
    return this.#rooms.has(id) ? id : [...this.#rooms.keys()][0];
  }

  #open(id) {
    if (!this.#people || id === this.#active) return;
    const room = this.#rooms.get(id);
    this.#rooms.get(this.#active)?.chat.close();
    this.#active = id;
    history.replaceState(null, "", `#person=${encodeURIComponent(id)}`);
    this.#people.setActive(id);
    this.#composer.open(id);
    this.#refresh(room);
    room.chat.open();
    this.#read();
    this.#status.show(id);
    this.#composer.focus();
  }

  #refresh(room) {
    this.#people.setPreview(room.person.id, room.chat.last);
    if (room.person.id !== this.#active) return;
    this.#composer.setCommands(room.commands);
    this.#composer.setBlocked(room.isBlocked);
    byId("block").hidden = room.isBlocked;
  }

  #hear({ person, type, message, answer, commands, blocked }) {
    const room = this.#rooms.get(String(person));
    if (!room) return;
    if (type === "message" || type === "edit") this.#show(room, message);
    else if (type === "delete") room.chat.remove(message.message_id);
    else if (type === "answer") this.#taps.answered(answer);
    else if (type === "commands") room.commands = commands;
    else if (type === "blocked") room.isBlocked = blocked;
    if (type === "typing") this.#status.typing(room.person.id, (is) => this.#previewTyping(room, is));
    else this.#refresh(room);
  }

  #previewTyping(room, isTyping) {
    this.#people.setPreview(room.person.id, room.chat.last, isTyping);
  }

  #show(room, message) {
    const change = room.chat.put(message);
    if (message.from !== "bot" || change === null) return;
    this.#status.stopTyping(room.person.id);
    const isSeen = room.chat.isActive && !document.hidden;
    if (room.chat.isActive) {
      const what = change === "added" ? this.#bot.name : "消息已更新";
      byId("announcer").textContent = `${what}：${summary(message)}`;
    }
    if (change === "added" && isSeen) this.#read();
    if (change !== "added" || isSeen) return;
    this.#people.setUnread(room.person.id, this.#people.unread(room.person.id) + 1);
    if (!room.chat.isActive) room.chat.markUnread(1);
    this.#title();
  }

  #read() {
    if (this.#active !== null && !document.hidden) {
      this.#people.setUnread(this.#active, 0);
      seen.write(this.#active, this.#rooms.get(this.#active).chat.last?.message_id ?? 0);
    }
    this.#title();
  }

  #title() {
    const count = this.#people?.totalUnread ?? 0;
    const name = this.#bot?.name ?? "聊天演示";
    document.title = count ? `(${count}) ${name}` : name;
  }

  #send(person, text) {
    this.#deliver(person, { text }, () => api.send(person, text));
  }

  #upload(person, file, caption) {
    this.#deliver(person, { text: caption, file }, (progress, signal) =>
      api.upload(person, file, caption, progress, signal));
  }

  #deliver(person, what, attempt) {
    const { chat } = this.#rooms.get(person);
    chat.addPending(makePending(what, attempt, {
      onSent: (message) => this.#hear({ person, type: "message", message }),
      onGone: () => chat.tidy(),
    }));
  }

  #answered(person, { text, alert: isAlert }) {
    if (!text) return;
    const words = person === this.#active ? text : `${this.#rooms.get(person).person.name}：${text}`;
    (isAlert ? alert : toast)(words);
  }

  async #askToBlock() {
    const question = `停用后，${this.#bot.name}发不来任何消息；随时可以恢复。`;
    if (await confirm(question, "停用")) await this.#setBlocked(true);
  }

  async #setBlocked(isBlocked) {
    const room = this.#rooms.get(this.#active);
    await this.#try(async () => {
      await api.setBlocked(room.person.id, isBlocked);
      room.isBlocked = isBlocked;
      this.#refresh(room);
    });
  }

  async #try(work) {
    try {
      await work();
    } catch (error) {
      toast(error.message);
    }
  }
}

new App().start();
