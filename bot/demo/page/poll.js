// Polls and quizzes: a ballot until one has voted, then the results.

import { el } from "./dom.js";

let ballotCount = 0;

/** The poll of a message; `actions.vote(message, indexes)` casts a vote. */
export function renderPoll(message, actions) {
  const { poll } = message;
  const isOpen = !poll.is_closed && (poll.chosen ?? []).length === 0;
  return el("div", { class: "poll" },
    el("p", { class: "poll-question", text: poll.question }),
    el("p", { class: "poll-kind", text: kind(poll) }),
    isOpen ? ballot(message, actions) : results(poll),
    poll.explanation ? el("p", { class: "poll-note", text: poll.explanation }) : null,
    el("p", { class: "poll-kind", text: turnout(poll) }),
  );
}

function turnout({ total_voter_count: count }) {
  return count ? `${count}人作答` : "还没有人作答";
}

function kind(poll) {
  const words = [poll.type === "quiz" ? "测验" : "投票"];
  if (poll.allows_multiple_answers) words.push("可选多项");
  if (poll.is_anonymous) words.push("匿名");
  if (poll.is_closed) words.push("已结束");
  return words.join(" · ");
}

function ballot(message, actions) {
  const { poll } = message;
  ballotCount += 1;
  const name = `ballot-${ballotCount}`;
  const inputs = poll.options.map((_, index) => el("input", {
    type: poll.allows_multiple_answers ? "checkbox" : "radio", name, value: index,
  }));
  const chosen = () => inputs.flatMap((input, index) => (input.checked ? [index] : []));
  const cast = el("button", {
    type: "button", class: "wide", text: poll.type === "quiz" ? "提交答案" : "投票", disabled: true,
    on: { click: () => actions.vote(message, chosen()) },
  });
  const rows = poll.options.map((option, index) =>
    el("li", {}, el("label", {}, inputs[index], option.text)));
  return el("div", { role: "group", "aria-label": poll.question },
    el("ul", { on: { change: () => { cast.disabled = chosen().length === 0; } } }, ...rows), cast);
}

function results(poll) {
  const correct = new Set(poll.correct_option_ids ?? []);
  const chosen = new Set(poll.chosen ?? []);
  const isQuiz = poll.type === "quiz";
  const isRight = chosen.size === correct.size && [...chosen].every((index) => correct.has(index));
  const verdict = isQuiz && chosen.size
    ? el("p", { class: `poll-verdict ${isRight ? "right" : "wrong"}`, text: isRight ? "✓ 答对了" : "✗ 答错了" })
    : null;
  const rows = poll.options.map((option, index) => {
    const marks = [chosen.has(index) ? "你选的" : "", correct.has(index) ? "正确" : ""].filter(Boolean);
    const look = correct.has(index) ? "poll-right" : isQuiz && chosen.has(index) ? "poll-wrong" : null;
    return row(option, poll.total_voter_count, marks, look);
  });
  return el("div", {}, verdict, el("ul", { class: "poll-results" }, ...rows));
}

function row(option, total, marks, look) {
  const share = total ? Math.round((100 * option.voter_count) / total) : 0;
  const bar = el("span", { class: "poll-bar", "aria-hidden": "true" });
  bar.style.setProperty("--share", `${share}%`);
  const words = marks.length ? `${option.text}（${marks.join("，")}）` : option.text;
  return el("li", { class: look },
    el("span", { class: "poll-share", text: `${share}%` }), el("span", { text: words }), bar);
}
