// Taps under way: from the press of a button until its callback is answered.

const PATIENCE = 30_000;

/**
 * Keeps which buttons wait. `onChange(person, messageId, data, isWaiting)` repaints them,
 * `onAnswer(person, answer)` shows what the bot replied, `onFailure(text)` what went wrong.
 */
export class Taps {
  #send;
  #on;
  #waiting = new Map(); // button → timer
  #byId = new Map(); // callback id → tap
  #early = new Map(); // answers that came before the response to their own tap
  #underWay = 0;

  constructor(send, handlers) {
    this.#send = send;
    this.#on = handlers;
  }

  isWaiting(person, messageId, data) {
    return this.#waiting.has(keyOf({ person, messageId, data }));
  }

  /** Send a tap and wait for its answer. */
  async start(person, messageId, data) {
    const tap = { person, messageId, data };
    if (this.isWaiting(person, messageId, data)) return;
    const timer = setTimeout(() => this.#giveUp(tap), PATIENCE);
    this.#waiting.set(keyOf(tap), timer);
    this.#on.onChange(person, messageId, data, true);
    this.#underWay += 1;
    try {
      const { id } = await this.#send(person, messageId, data);
      this.#byId.set(String(id), tap);
    } catch (error) {
      this.#end(tap);
      this.#on.onFailure(error.message);
    }
    this.#underWay -= 1;
    this.#settleEarly();
  }

  /** An answer has come; those to taps of another window are not ours to show. */
  answered(answer) {
    const tap = this.#byId.get(String(answer.id));
    if (tap) {
      this.#byId.delete(String(answer.id));
      this.#end(tap);
      this.#on.onAnswer(tap.person, answer);
    } else if (this.#underWay > 0) {
      this.#early.set(String(answer.id), answer);
    }
  }

  /** Nobody will answer any more, for example after the connection was lost. */
  forget() {
    for (const tap of this.#byId.values()) this.#end(tap);
    this.#byId.clear();
  }

  #settleEarly() {
    for (const [id, answer] of [...this.#early]) {
      if (!this.#byId.has(id)) continue;
      this.#early.delete(id);
      this.answered(answer);
    }
    if (this.#underWay === 0) this.#early.clear();
  }

  #giveUp(tap) {
    this.#end(tap);
    this.#on.onFailure("机器人没有回应，请再试一次");
  }

  #end(tap) {
    clearTimeout(this.#waiting.get(keyOf(tap)));
    if (this.#waiting.delete(keyOf(tap))) {
      this.#on.onChange(tap.person, tap.messageId, tap.data, false);
    }
  }
}

const keyOf = ({ person, messageId, data }) => JSON.stringify([String(person), messageId, data]);
