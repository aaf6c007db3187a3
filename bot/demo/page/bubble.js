// One message → its bubble: picture, document, poll, text, time, and the keyboard below.

import { el, icon, webAddress } from "./dom.js";
import { sizeLabel, timeLabel } from "./dates.js";
import { openQuotes, renderText, reopenQuotes } from "./entities.js";
import { focusedButton, refocus, renderKeyboard } from "./keyboard.js";
import { renderPoll } from "./poll.js";

/** A new message element for `message`; `names` says who speaks, see chat.js for `actions`. */
export function makeBubble(message, names, actions) {
  const node = el("article", {
    class: `message ${message.service ? "from-service" : `from-${message.from}`}`,
    "data-message-id": message.message_id,
  });
  node.append(...contents(message, actions));
  label(node, message, names);
  return node;
}

/** Show the new state of a message in the element it already has. */
export function updateBubble(node, message, names, actions) {
  const open = openQuotes(node);
  const focus = focusedButton(node);
  node.replaceChildren(...contents(message, actions));
  label(node, message, names);
  reopenQuotes(node, open);
  if (focus) refocus(node, focus);
  flash(node.firstElementChild);
}

/** What a screen reader or a list of chats says of a message, in one line. */
export function summary(message) {
  if (message.service) return message.service;
  const what = message.photo ? "[图片] "
    : message.document ? `[文件] ${message.document.name} `
    : message.poll ? `[投票] ${message.poll.question} ` : "";
  return (what + (message.text ?? "")).replace(/\s+/g, " ").trim();
}

function label(node, message, names) {
  const edited = message.edit_date ? "，已编辑" : "";
  node.setAttribute("aria-label", `${names[message.from] ?? message.name}，${timeLabel(message.date)}${edited}`);
}

function flash(bubble) {
  bubble.classList.add("flash");
  bubble.addEventListener("animationend", () => bubble.classList.remove("flash"), { once: true });
}

function contents(message, actions) {
  if (message.service) return [el("p", { class: "service", text: message.service })];
  const bubble = el("div", { class: "bubble" });
  if (message.name) bubble.append(el("p", { class: "sender", text: message.name }));
  if (message.photo) bubble.append(photo(message, actions));
  if (message.document) bubble.append(fileCard(message.document));
  if (message.poll) bubble.append(renderPoll(message, actions));
  if (message.text) {
    const text = renderText(message.text, message.entities, actions);
    bubble.append(el("div", { class: "words", dir: "auto" }, text));
  }
  bubble.classList.toggle("wordless", !message.text && Boolean(message.photo));
  (bubble.querySelector(":scope > .words") ?? bubble).append(meta(message));
  return message.keyboard?.length ? [bubble, renderKeyboard(message, actions)] : [bubble];
}

function meta(message) {
  return el("span", { class: "meta" },
    message.edit_date ? el("span", { text: "已编辑" }) : null,
    el("time", { datetime: new Date(message.date * 1000).toISOString(), text: timeLabel(message.date) }),
  );
}

function photo(message, actions) {
  const address = webAddress(message.photo);
  if (!address) return el("span", { text: "[图片]" });
  const image = el("img", { src: address, alt: message.text ? "" : "图片", decoding: "async" });
  const button = el("button", {
    type: "button", class: "photo", "aria-label": "查看大图",
    on: { click: () => actions.enlarge(address, message.text) },
  }, image);
  image.addEventListener("error", () => {
    button.closest(".bubble")?.classList.remove("wordless");
    button.replaceWith(el("span", { text: "[图片打不开]" }));
  });
  return button;
}

/** A file with its name and size; a link once it can be downloaded. */
export function fileCard({ name, size, url }) {
  const address = webAddress(url);
  const words = el("span", { class: "file-words" },
    el("span", { class: "file-name", text: name }),
    el("span", { class: "file-size", text: sizeLabel(size) }),
  );
  const picture = el("span", { class: "file-icon" }, icon(address ? "download" : "file"));
  if (!address) return el("span", { class: "file" }, picture, words);
  return el("a", {
    class: "file", href: address, download: name, "aria-label": `下载 ${name}，${sizeLabel(size)}`,
  }, picture, words);
}
