// What lies above the chat: toasts, alerts, questions with two answers, and big pictures.

import { byId, el } from "./dom.js";

const LONGEST_TOAST = 6000;

/** Show a short note for as long as it takes to read. */
export function toast(text) {
  const node = el("p", { class: "toast", text });
  const rest = byId("toasts");
  while (rest.children.length >= 2) rest.firstElementChild.remove();
  rest.append(node);
  setTimeout(() => node.remove(), Math.min(2200 + text.length * 60, LONGEST_TOAST));
}

let queue = Promise.resolve();

/** Show a text that must be confirmed; several wait for each other. */
export function alert(text) {
  queue = queue.then(() => ask(text, "知道了", null));
  return queue;
}

/** Ask before doing something; true when agreed. */
export function confirm(text, agree) {
  queue = queue.then(() => ask(text, agree, "取消"));
  return queue;
}

function ask(text, agree, refuse) {
  const dialog = byId("alert");
  const cancel = byId("alert-cancel");
  byId("alert-text").textContent = text;
  byId("alert-ok").textContent = agree;
  cancel.hidden = refuse === null;
  dialog.returnValue = "";
  byId("alert-ok").onclick = () => dialog.close("yes");
  cancel.onclick = () => dialog.close();
  dialog.showModal();
  byId("alert-ok").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

/** Show a picture as large as the window allows. */
export function enlarge(address, text) {
  const image = byId("lightbox-image");
  image.src = address;
  image.alt = text || "图片";
  byId("lightbox-save").href = address;
  byId("lightbox").showModal();
  byId("lightbox-close").focus();
}

/** Wire the big picture's ways out: its button, and a click beside the picture. */
export function initLightbox() {
  const box = byId("lightbox");
  byId("lightbox-close").addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => event.target === box && box.close());
}

/** Copy a text and say so. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("已复制");
  } catch {
    // Plain http on another machine has no clipboard: show the text, to be copied by hand.
    alert(text);
  }
}
