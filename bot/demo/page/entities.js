// Formatted text: a string and its entities (UTF-16 offsets, like JavaScript's) → nodes.

import { el, webAddress } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
let quoteCount = 0;

/** Nodes for `text`; `actions.command(text)` and `actions.follow(event, url)` are the taps. */
export function renderText(text, entities, actions) {
  const fragment = document.createDocumentFragment();
  const sorted = [...(entities ?? [])].sort(
    (a, b) => a.offset - b.offset || b.length - a.length,
  );
  fill(fragment, { text, actions }, 0, text.length, sorted);
  return fragment;
}

function fill(parent, source, start, end, entities) {
  const queue = [...entities];
  let at = start;
  let isAfterBlock = false;
  while (queue.length) {
    const entity = queue.shift();
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    if (from >= to) continue;
    const isBlock = BLOCKS.has(entity.type);
    plain(parent, source.text.slice(at, from), isAfterBlock, isBlock);
    const node = nodeFor(entity, source.text.slice(from, to), source.actions);
    fill(node.inside ?? node, source, from, to, takeInner(queue, to));
    parent.append(node);
    isAfterBlock = isBlock;
    at = to;
  }
  plain(parent, source.text.slice(at, end), isAfterBlock, false);
}

/** Take the entities that begin before `to` out of the queue; what sticks out goes back. */
function takeInner(queue, to) {
  const inner = [];
  const rest = [];
  while (queue.length && queue[0].offset < to) {
    const next = queue.shift();
    inner.push(next);
    const over = next.offset + next.length - to;
    if (over > 0) rest.push({ ...next, offset: to, length: over });
  }
  queue.unshift(...rest);
  return inner;
}

/** A block already breaks the line: the line feed beside it would show as an empty line. */
function plain(parent, text, isAfterBlock, isBeforeBlock) {
  let shown = text;
  if (isAfterBlock && shown.startsWith("\n")) shown = shown.slice(1);
  if (isBeforeBlock && shown.endsWith("\n")) shown = shown.slice(0, -1);
  if (shown) parent.append(shown);
}

function nodeFor(entity, text, actions) {
  switch (entity.type) {
    case "text_link": return link(entity.url, actions);
    case "url": return link(/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`, actions);
    case "bot_command":
      return el("button", {
        type: "button", class: "command", on: { click: () => actions.command(text) },
      });
    case "spoiler": return spoiler();
    case "expandable_blockquote": return expandableQuote(text);
    default: return el(TAGS[entity.type] ?? "span");
  }
}

function link(url, actions) {
  const address = webAddress(url);
  if (!address) return el("span");
  return el("a", {
    href: address, target: "_blank", rel: "noopener noreferrer",
    on: { click: (event) => actions.follow(event, address) },
  });
}

function spoiler() {
  const node = el("span", {
    class: "spoiler", role: "button", tabindex: 0, "aria-label": "隐藏的内容，点按显示",
  });
  const inside = el("span", { "aria-hidden": "true" });
  const reveal = (event) => {
    if (event.type === "keydown" && !["Enter", " "].includes(event.key)) return;
    if (node.classList.contains("revealed")) return;
    event.preventDefault();
    node.classList.add("revealed");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
    inside.removeAttribute("aria-hidden");
  };
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", reveal);
  node.append(inside);
  node.inside = inside;
  return node;
}

/** A quote of three lines until it is opened; `data-quote` lets an edit keep it open. */
function expandableQuote(text) {
  quoteCount += 1;
  const inside = el("div", { class: "quote-text", id: `quote-${quoteCount}` });
  const toggle = el("button", {
    type: "button", class: "quote-toggle", text: "展开", "aria-expanded": "false",
    "aria-controls": inside.id, hidden: true,
  });
  const node = el("blockquote", { class: "expandable", "data-quote": text }, inside, toggle);
  toggle.addEventListener("click", () => setOpen(node, !node.classList.contains("open")));
  // Whether three lines are enough depends on the width, which is known only once laid out.
  new ResizeObserver(() => {
    if (node.classList.contains("open")) return;
    toggle.hidden = inside.scrollHeight <= inside.clientHeight + 1;
    node.classList.toggle("cut", !toggle.hidden);
  }).observe(inside);
  node.inside = inside;
  return node;
}

function setOpen(quote, isOpen) {
  const toggle = quote.querySelector(":scope > .quote-toggle");
  quote.classList.toggle("open", isOpen);
  toggle.textContent = isOpen ? "收起" : "展开";
  toggle.setAttribute("aria-expanded", String(isOpen));
  if (isOpen) toggle.hidden = false;
}

/** The texts of the quotes that stand open inside `node`. */
export function openQuotes(node) {
  return [...node.querySelectorAll("blockquote.open")].map((quote) => quote.dataset.quote);
}

/** Open again the quotes whose texts are in `texts`. */
export function reopenQuotes(node, texts) {
  for (const quote of node.querySelectorAll("blockquote.expandable")) {
    if (texts.includes(quote.dataset.quote)) setOpen(quote, true);
  }
}
