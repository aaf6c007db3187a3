// The server's event stream: reconnects by itself, and says when what it knew may be stale.

const FIRST_WAIT = 400;
const LONGEST_WAIT = 8000;

/**
 * Listen for good. `onOpen` runs at every (re)connection: fetch anew, events may be missing.
 * `onState` hears "online" or "offline".
 */
export function listen({ onOpen, onEvent, onState }) {
  let socket = null;
  let wait = FIRST_WAIT;
  let timer = 0;

  function connect() {
    clearTimeout(timer);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}/api/events`);
    socket.onopen = () => {
      wait = FIRST_WAIT;
      onState("online");
      onOpen();
    };
    socket.onmessage = (event) => onEvent(JSON.parse(event.data));
    socket.onclose = () => {
      onState("offline");
      timer = setTimeout(connect, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
  }

  function hurry() {
    if (socket.readyState !== WebSocket.CLOSED || document.hidden) return;
    wait = FIRST_WAIT;
    connect();
  }

  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  connect();
}
