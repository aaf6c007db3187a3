// The server's HTTP interface; every failure is an ApiError whose message can be shown.

export class ApiError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

const OFFLINE = "连不上服务器";

function reason(status, body) {
  return body?.error ?? (status === 413 ? "文件太大" : `服务器没有接受（${status}）`);
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

async function request(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new ApiError(OFFLINE, 0);
  }
  const answer = parse(await response.text());
  if (!response.ok) throw new ApiError(reason(response.status, answer), response.status);
  return answer;
}

/** A room is a person's private chat, "1001", or a group they are in, "1001/-4100". */
function chat(room) {
  const [person, group] = String(room).split("/").map(encodeURIComponent);
  return group ? `/api/chats/${person}/groups/${group}` : `/api/chats/${person}`;
}

export const session = () => request("/api/session");
export const history = (room) => request(chat(room));
export const send = (room, text) => request(`${chat(room)}/messages`, { text });
export const setBlocked = (person, blocked) => request(`${chat(person)}/block`, { blocked });
export const tap = (room, messageId, data) =>
  request(`${chat(room)}/taps`, { message_id: messageId, data });
export const vote = (room, messageId, options) =>
  request(`${chat(room)}/votes`, { message_id: messageId, options });

/** Send a file; `onProgress` hears 0..1, `signal` cancels. XHR, since fetch shows no progress. */
export function upload(room, file, caption, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const form = new FormData();
    form.append("caption", caption);
    form.append("file", file, file.name);
    const call = new XMLHttpRequest();
    call.upload.onprogress = (event) => event.total && onProgress(event.loaded / event.total);
    call.onload = () => {
      const answer = parse(call.responseText);
      if (call.status >= 200 && call.status < 300) resolve(answer);
      else reject(new ApiError(reason(call.status, answer), call.status));
    };
    call.onerror = () => reject(new ApiError(OFFLINE, 0));
    call.onabort = () => reject(new ApiError("已取消", 0));
    signal.addEventListener("abort", () => call.abort());
    call.open("POST", `${chat(room)}/files`);
    call.send(form);
  });
}
