// One person's chat with the bot, or a group as they see it: its messages by day, and where the
// reader stands in it.

import { byId, el, hasPointer, icon } from "./dom.js";
import { dayLabel, dayOf } from "./dates.js";
import { makeBubble, updateBubble } from "./bubble.js";
import { showWaiting } from "./keyboard.js";

const NEAR_END = 40; // pixels from the newest message that still count as being there

/**
 * `actions`: tap(message, data), isWaiting(message, data), copy(text), follow(event, url),
 * command(text), vote(message, chosen), enlarge(url, text).
 */
export class Chat {
  #names;
  #actions;
  #messages = new Map(); // id → { message, node }
  #list = el("div", { class: "messages" });
  #scroller;
  #newest;
  #empty;
  #isActive = false;
  #isFollowing = true;
  #lastTop = 0;
  #resting = 0; // timer
  #isSyncing = false;
  #below = 0; // messages that came while the reader was further up

  constructor(person, bot, actions, group = null) {
    this.#names = { bot: bot.name, person: person.name };
    this.#actions = actions;
    this.#empty = group ? emptyGroup(group) : emptyCard(bot, actions);
    this.#scroller = el("div", {
      class: "scroller", role: "log", "aria-live": "off", tabindex: 0,
      "aria-label": group ? `${group.title}，${person.name}在看` : `${person.name}与${bot.name}的聊天`,
    }, this.#empty, this.#list);
    this.#newest = el("button", {
      type: "button", class: "newest", "aria-label": "跳到最新消息", hidden: true,
      on: { click: () => this.toEnd(true) },
    }, icon("down"), el("span", { class: "badge", hidden: true }));
    this.element = el("section", {
      class: group ? "chat in-group" : "chat", role: "tabpanel", inert: true,
      id: group ? `chat-${person.id}-${group.id}` : `chat-${person.id}`,
      "aria-labelledby": `person-${person.id}`,
    }, this.#scroller, this.#newest);
    // Who opens a quote reads it from its top: the end is no longer what they look at.
    this.#list.addEventListener("click", (event) => {
      if (event.target.closest(".quote-toggle")) this.#isFollowing = false;
    }, true);
    this.#scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Pictures, an opened quote or the keyboard of a phone change heights at any time.
    const watch = new ResizeObserver(() => this.#settle());
    watch.observe(this.#scroller);
    watch.observe(this.#list);
  }

  get isActive() {
    return this.#isActive;
  }

  get last() {
    const ids = [...this.#messages.keys()];
    return ids.length ? this.#messages.get(Math.max(...ids)).message : null;
  }

  /** How many messages of the bot are newer; all of them where that id is not ours. */
  countAfter(messageId) {
    const after = messageId > (this.last?.message_id ?? 0) ? 0 : messageId;
    const all = [...this.#messages.values()].map(({ message }) => message);
    return all.filter((one) => one.from === "bot" && one.message_id > after).length;
  }

  /** Show this chat; at its first unread message if there is one. */
  open() {
    this.#isActive = true;
    this.element.inert = false;
    const divider = this.#list.querySelector(".unread");
    if (divider) {
      this.#isFollowing = false;
      this.#scroller.scrollTop = offsetIn(this.#scroller, divider) - 48;
    }
    this.#settle();
    this.#scrolled();
  }

  close() {
    this.#isActive = false;
    this.element.inert = true;
    this.#list.querySelector(".unread")?.remove();
  }

  /** Add a message, or show its new state in place; returns "added", "changed" or null. */
  put(message) {
    if (message.deleted) return this.remove(message.message_id);
    const known = this.#messages.get(message.message_id);
    if (known) return this.#change(known, message);
    const node = makeBubble(message, this.#names, this.#actions);
    this.#messages.set(message.message_id, { message, node });
    this.#insert(node, message);
    if (message.from === "person") this.#takeOver();
    else if (!this.#isFollowing) this.#count(this.#below + 1);
    this.#settle();
    return "added";
  }

  remove(messageId) {
    const known = this.#messages.get(messageId);
    if (!known) return null;
    this.#messages.delete(messageId);
    this.#keepPlace(() => {
      known.node.remove();
      this.tidy();
    });
    return "changed";
  }

  /** Take over the server's whole list: what it no longer has is gone. */
  sync(messages) {
    const kept = new Set(messages.filter((m) => !m.deleted).map((m) => m.message_id));
    for (const id of [...this.#messages.keys()]) if (!kept.has(id)) this.remove(id);
    this.#isSyncing = true; // one layout for all of them
    for (const message of messages) this.put(message);
    this.#isSyncing = false;
    this.#settle();
  }

  /** Draw a line before the last `count` messages of the bot. */
  markUnread(count) {
    const fresh = [...this.#list.querySelectorAll(".from-bot")].slice(-count)[0];
    if (!fresh || this.#list.querySelector(".unread")) return;
    fresh.before(el("p", { class: "unread", text: "以下是新消息" }));
    this.#isFollowing = false;
  }

  /** Show a message on its way at the end. */
  addPending(node) {
    this.#section(dayOf(Date.now() / 1000)).append(node);
    this.#showEmpty();
    this.toEnd();
  }

  /** A message on its way was dropped: leave no empty day behind. */
  tidy() {
    for (const day of [...this.#list.children]) {
      if (!day.querySelector(".message")) day.remove();
    }
    this.#showEmpty();
  }

  showWaiting(messageId, data, isWaiting) {
    const known = this.#messages.get(messageId);
    if (known) showWaiting(known.node, data, isWaiting);
  }

  toEnd(isSmooth = false) {
    if (this.#isSyncing) return;
    const isCalm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#isFollowing = true;
    this.#count(0);
    if (isSmooth && this.#newest === document.activeElement) this.#scroller.focus();
    this.#scroller.scrollTo({
      top: this.#scroller.scrollHeight, behavior: isSmooth && !isCalm ? "smooth" : "instant",
    });
  }

  /** The event stream may bring our own message before the response to sending it. */
  #takeOver() {
    const pending = this.#list.querySelector(".pending:not(.failed):not([hidden])");
    if (pending) pending.hidden = true;
    this.#list.querySelector(".unread")?.remove();
    this.toEnd();
  }

  #change(known, message) {
    if (JSON.stringify(known.message) === JSON.stringify(message)) return null;
    known.message = message;
    this.#keepPlace(() => updateBubble(known.node, message, this.#names, this.#actions));
    return "changed";
  }

  /** Change the page without moving what is being read. */
  #keepPlace(change) {
    if (this.#isFollowing) {
      change();
      return this.#settle();
    }
    const top = this.#scroller.getBoundingClientRect().top;
    const anchor = [...this.#list.querySelectorAll(".message")].find(
      (node) => node.getBoundingClientRect().bottom > top,
    );
    const before = anchor?.getBoundingClientRect().top;
    change();
    if (anchor?.isConnected) {
      this.#scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    }
    return undefined;
  }

  #insert(node, message) {
    const section = this.#section(dayOf(message.date));
    const pending = section.querySelector(":scope > .pending");
    let before = pending?.previousElementSibling ?? section.lastElementChild;
    while (Number(before.dataset.messageId) > message.message_id) {
      before = before.previousElementSibling;
    }
    before.after(node);
    this.#empty.hidden = true;
  }

  #section(day) {
    const sections = [...this.#list.children];
    const found = sections.find((section) => section.dataset.day === day);
    if (found) return found;
    const section = el("div", { class: "day", "data-day": day },
      el("p", { class: "day-label" }, el("span", { text: dayLabel(day) })));
    this.#list.insertBefore(section, sections.find((other) => other.dataset.day > day) ?? null);
    return section;
  }

  #showEmpty() {
    this.#empty.hidden = this.#list.querySelector(".message") !== null;
  }

  #settle() {
    if (this.#isSyncing) return;
    if (this.#isActive && this.#distance() < 1) this.#isFollowing = true;
    if (this.#isFollowing) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#lastTop = this.#scroller.scrollTop;
    this.#showNewest();
  }

  #scrolled() {
    if (!this.#isActive) return; // nobody reads: only scrolling of our own is heard late
    const { scrollTop } = this.#scroller;
    // While it scrolls down smoothly the end is not reached yet, but still the goal.
    const isHeading = this.#isFollowing && scrollTop >= this.#lastTop;
    this.#isFollowing = this.#distance() < NEAR_END || isHeading;
    this.#lastTop = scrollTop;
    if (this.#isFollowing) this.#count(0);
    else this.#showDays();
    this.#showNewest();
  }

  /** Keep the day in view while the reader moves through older messages. */
  #showDays() {
    this.#scroller.classList.add("moving");
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#scroller.classList.remove("moving"), 1200);
  }

  #distance() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight;
  }

  #count(number) {
    this.#below = number;
    const badge = this.#newest.querySelector(".badge");
    badge.textContent = String(number);
    badge.hidden = number === 0;
    this.#newest.setAttribute(
      "aria-label", number ? `跳到最新消息，${number}条新消息` : "跳到最新消息",
    );
  }

  #showNewest() {
    this.#newest.hidden = this.#distance() < NEAR_END;
  }
}

function offsetIn(scroller, node) {
  return node.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    + scroller.scrollTop;
}

function emptyGroup(group) {
  return el("div", { class: "empty" },
    el("p", { class: "empty-title", text: group.title }),
    el("p", { text: "群里还没有消息。" }),
  );
}

function emptyCard(bot, actions) {
  const start = () => {
    actions.command("/start");
    if (hasPointer()) byId("input").focus();
  };
  return el("div", { class: "empty" },
    el("p", { class: "empty-title", text: bot.name }),
    el("p", { text: "这里还没有消息。点“开始”，机器人就会打招呼。" }),
    el("button", { type: "button", class: "wide", text: "开始", on: { click: start } }),
  );
}
