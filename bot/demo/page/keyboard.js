// Inline keyboards: rows of buttons that tap, open a link, or copy a text.

import { el, icon, webAddress } from "./dom.js";

const STYLES = { primary: "primary", success: "success", danger: "danger" };

/** The keyboard below a message; its buttons call `actions.tap`, `follow` and `copy`. */
export function renderKeyboard(message, actions) {
  const rows = message.keyboard.map((row) =>
    el("div", { class: "keys" }, ...row.map((button) => key(message, button, actions))));
  return el("div", { class: "keyboard", role: "group", "aria-label": "按钮" }, ...rows);
}

function key(message, button, actions) {
  if (button.url != null) return linkKey(button, actions);
  if (button.copy != null) {
    return el("button", {
      type: "button", class: "key", on: { click: () => actions.copy(button.copy) },
    }, button.text, icon("copy"));
  }
  const node = el("button", {
    type: "button", class: `key ${STYLES[button.style] ?? ""}`, "data-callback": button.data ?? "", text: button.text,
    on: { click: () => node.getAttribute("aria-busy") === "true" || actions.tap(message, button.data) },
  });
  setWaiting(node, actions.isWaiting(message, button.data));
  return node;
}

function linkKey(button, actions) {
  const address = webAddress(button.url);
  if (!address) return el("span", { class: "key dead", text: button.text });
  return el("a", {
    class: "key", href: address, target: "_blank", rel: "noopener noreferrer",
    on: { click: (event) => actions.follow(event, address) },
  }, button.text, icon("link"));
}

function setWaiting(button, isWaiting) {
  button.setAttribute("aria-busy", String(isWaiting));
  button.setAttribute("aria-disabled", String(isWaiting));
}

/** Show or end the waiting state of the buttons of `node` that carry `data`. */
export function showWaiting(node, data, isWaiting) {
  for (const button of node.querySelectorAll(".key[data-callback]")) {
    if (button.dataset.callback === data) setWaiting(button, isWaiting);
  }
}

/** Which button of `node` has the focus, to find its successor after an edit; null if none. */
export function focusedButton(node) {
  const button = document.activeElement;
  if (!button?.classList.contains("key") || !node.contains(button)) return null;
  return { data: button.dataset.callback, text: button.textContent };
}

/** Focus the same button again, else the first one: who answers by keyboard keeps their place. */
export function refocus(node, { data, text }) {
  const buttons = [...node.querySelectorAll("button.key, a.key")];
  const same = buttons.find((button) =>
    data === undefined ? button.textContent === text : button.dataset.callback === data);
  (same ?? buttons[0])?.focus({ preventScroll: true });
}
