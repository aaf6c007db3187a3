// A message on its way: dimmed until the server has it, with progress, cancel and retry.

import { el, icon } from "./dom.js";
import { fileCard } from "./bubble.js";

/** An outgoing message element; `attempt(progress, signal)` sends it once and may be repeated. */
export function makePending({ text, file }, attempt, { onSent, onGone }) {
  const state = el("span", { class: "pending-state", text: "发送中…" });
  const bar = file ? el("progress", { max: 1, value: 0, "aria-label": "上传进度" }) : null;
  const buttons = el("span", { class: "pending-buttons" });
  const bubble = el("div", { class: "bubble" },
    file ? fileCard({ name: file.name, size: file.size }) : null,
    text ? el("div", { class: "words", dir: "auto", text }) : null,
    bar,
    el("div", { class: "pending-line" }, state, buttons),
  );
  const node = el("article", { class: "message from-person pending", "aria-label": "发送中" }, bubble);

  function show(isFailed, words) {
    node.hidden = false;
    node.classList.toggle("failed", isFailed);
    node.setAttribute("aria-label", words);
    state.textContent = words;
    buttons.replaceChildren();
  }

  function drop() {
    node.remove();
    onGone();
  }

  async function run() {
    const control = new AbortController();
    show(false, "发送中…");
    if (bar) buttons.append(tool("取消", "close", () => control.abort()));
    try {
      const progress = (share) => {
        bar.value = share;
      };
      const message = await attempt(progress, control.signal);
      node.remove();
      onSent(message);
    } catch (error) {
      if (control.signal.aborted) return drop();
      show(true, `没有发出：${error.message}`);
      buttons.append(tool("重发", "retry", run), tool("删除", "close", drop));
    }
    return undefined;
  }

  run();
  return node;
}

function tool(name, picture, action) {
  return el("button", {
    type: "button", "aria-label": name, title: name, on: { click: action },
  }, icon(picture));
}
