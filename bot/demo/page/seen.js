// How far this window has read each chat: the server only knows when somebody last wrote.

const key = (person) => `seen/${person}`;

/** The newest message of the chat that was on screen, 0 for none. */
export const read = (person) => Number(sessionStorage.getItem(key(person)) ?? 0);

export const write = (person, messageId) => sessionStorage.setItem(key(person), String(messageId));
