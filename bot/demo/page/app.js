// The chat page: brings the session, the chats, the event stream and the composer together.

import * as api from "./api.js";
import { Chat } from "./chat.js";
import { Composer } from "./composer.js";
import { byId, paintAvatar } from "./dom.js";
import { listen } from "./events.js";
import { alert, confirm, copy, enlarge, initLightbox, toast } from "./overlays.js";
import { makePending } from "./pending.js";
import { People } from "./people.js";
import { Places, roomKey } from "./places.js";
import * as seen from "./seen.js";
import { Status } from "./status.js";
import { summary } from "./bubble.js";
import { Taps } from "./taps.js";

class App {
  #bot;
  #people; // the tabs
  #places = new Places(byId("places"), (key) => this.#open(key));
  #rooms = new Map(); // key → { key, person, group, chat, commands, isBlocked, isSynced }
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

  #isAnother({ bot, people, groups }) {
    const keys = people.map((person) => roomKey(person.id));
    for (const group of groups) keys.push(...group.members.map((id) => roomKey(id, group.id)));
    return bot.id !== this.#bot.id || keys.some((key) => !this.#rooms.has(key));
  }

  #meet({ bot, people, groups }) {
    this.#bot = bot;
    const known = people.map((person) => ({ ...person, id: String(person.id) }));
    this.#people = new People(byId("people"), known, (id) => this.#open(id));
    for (const person of known) {
      this.#furnish(person, null);
      for (const group of groups) {
        if (group.members.some((id) => String(id) === person.id)) this.#furnish(person, group);
      }
    }
    this.#status.idle(`@${bot.username}`);
  }

  #furnish(person, group) {
    const key = roomKey(person.id, group?.id);
    const chat = new Chat(person, this.#bot, this.#actions(key), group);
    const room = { key, person, group, chat, commands: [], isBlocked: false, unread: 0 };
    this.#rooms.set(key, room);
    byId("chats").append(chat.element);
  }

  #roomsOf(person) {
    return [...this.#rooms.values()].filter((room) => room.person === person);
  }

  #actions(key) {
    return {
      tap: (message, data) => this.#taps.start(key, message.message_id, data),
      isWaiting: (message, data) => this.#taps.isWaiting(key, message.message_id, data),
      command: (text) => this.#send(key, text),
      follow: (event, address) => this.#follow(event, key, address),
      vote: (message, chosen) => this.#try(() => api.vote(key, message.message_id, chosen)),
      copy,
      enlarge,
    };
  }

  /** Links to this very bot stay here: t.me/BOT?start=CODE says /start CODE. */
  #follow(event, key, address) {
    const { host, pathname, searchParams } = new URL(address);
    const isOurs = host === "t.me"
      && pathname.slice(1).toLowerCase() === this.#bot.username.toLowerCase();
    if (!isOurs) return;
    event.preventDefault();
    const { person } = this.#rooms.get(key);
    this.#send(person.id, ["/start", searchParams.get("start")].filter(Boolean).join(" "));
  }

  async #fetch(room) {
    const { messages, commands, blocked, unread } = await api.history(room.key);
    const isFirst = !room.isSynced;
    room.isSynced = true;
    room.chat.sync(messages);
    Object.assign(room, { commands, isBlocked: blocked });
    const fresh = isFirst ? Math.min(unread, room.chat.countAfter(seen.read(room.key))) : 0;
    if (fresh > 0) {
      room.chat.markUnread(fresh);
      this.#setUnread(room, fresh);
    }
    this.#refresh(room);
  }

  #wanted() {
    const wanted = new URLSearchParams(location.hash.slice(1));
    const key = roomKey(wanted.get("person"), wanted.get("group"));
    return this.#rooms.has(key) ? key : [...this.#rooms.keys()][0];
  }

  #open(key) {
    if (!this.#people || key === this.#active) return;
    const room = this.#rooms.get(key);
    this.#rooms.get(this.#active)?.chat.close();
    this.#active = key;
    const where = { person: room.person.id, ...(room.group && { group: room.group.id }) };
    history.replaceState(null, "", `#${new URLSearchParams(where)}`);
    this.#people.setActive(room.person.id);
    this.#places.show(this.#roomsOf(room.person), room);
    const title = room.group?.title ?? this.#bot.name;
    byId("bot-name").textContent = title;
    paintAvatar(byId("bot-avatar"), title, room.group ? 3 : 0);
    this.#composer.open(key);
    this.#refresh(room);
    room.chat.open();
    this.#read();
    this.#status.show(key);
    this.#composer.focus();
  }

  #refresh(room) {
    this.#preview(room);
    if (room.key !== this.#active) return;
    this.#composer.setCommands(room.commands);
    this.#composer.setBlocked(room.isBlocked);
    byId("block").hidden = room.isBlocked || room.group !== null;
  }

  #hear({ person, group, type, message, answer, commands, blocked }) {
    const room = this.#rooms.get(roomKey(person, group));
    if (!room) return;
    if (type === "message" || type === "edit") this.#show(room, message);
    else if (type === "delete") room.chat.remove(message.message_id);
    else if (type === "answer") this.#taps.answered(answer);
    else if (type === "commands") room.commands = commands;
    else if (type === "blocked") room.isBlocked = blocked;
    if (type === "typing") this.#status.typing(room.key, (is) => this.#preview(room, is));
    else this.#refresh(room);
  }

  /** Below the person's name stands what was said last, wherever that was. */
  #preview(room, isTyping = false) {
    const said = this.#roomsOf(room.person).map((one) => one.chat.last).filter(Boolean);
    const last = said.sort((one, other) => one.message_id - other.message_id).at(-1) ?? null;
    this.#people.setPreview(room.person.id, last, isTyping);
  }

  #setUnread(room, count) {
    room.unread = count;
    const rooms = this.#roomsOf(room.person);
    this.#people.setUnread(room.person.id, rooms.reduce((sum, one) => sum + one.unread, 0));
    this.#places.setUnread(room.key, count);
  }

  #show(room, message) {
    const change = room.chat.put(message);
    if (message.from !== "bot" || change === null) return;
    this.#status.stopTyping(room.key);
    const isSeen = room.chat.isActive && !document.hidden;
    if (room.chat.isActive) {
      const what = change === "added" ? this.#bot.name : "消息已更新";
      byId("announcer").textContent = `${what}：${summary(message)}`;
    }
    if (change === "added" && isSeen) this.#read();
    if (change !== "added" || isSeen) return;
    this.#setUnread(room, room.unread + 1);
    if (!room.chat.isActive) room.chat.markUnread(1);
    this.#title();
  }

  #read() {
    if (this.#active !== null && !document.hidden) {
      const room = this.#rooms.get(this.#active);
      this.#setUnread(room, 0);
      seen.write(room.key, room.chat.last?.message_id ?? 0);
    }
    this.#title();
  }

  #title() {
    const count = this.#people?.totalUnread ?? 0;
    const name = this.#bot?.name ?? "聊天演示";
    document.title = count ? `(${count}) ${name}` : name;
  }

  #send(key, text) {
    this.#deliver(key, { text }, () => api.send(key, text));
  }

  #upload(key, file, caption) {
    this.#deliver(key, { text: caption, file }, (progress, signal) =>
      api.upload(key, file, caption, progress, signal));
  }

  #deliver(key, what, attempt) {
    const { chat, person, group } = this.#rooms.get(key);
    const where = { person: person.id, group: group?.id };
    chat.addPending(makePending(what, attempt, {
      onSent: (message) => this.#hear({ ...where, type: "message", message }),
      onGone: () => chat.tidy(),
    }));
  }

  #answered(key, { text, alert: isAlert }) {
    if (!text) return;
    const words = key === this.#active ? text : `${this.#rooms.get(key).person.name}：${text}`;
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
