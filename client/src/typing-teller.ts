/** The server passes on one per second, and nobody shows one for longer than a few seconds. */
const REPEAT_MS = 2_000;
const PAUSE_MS = 3_000;

/** Notifies others that the user is typing: not too often, and always also when it is over. */
export class TypingTeller {
  readonly #send: (isTyping: boolean) => Promise<void>;
  #sent = Promise.resolve();
  #toldAt: number | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (isTyping: boolean) => Promise<void>) {
    this.#send = send;
  }

  tell(isTyping: boolean): void {
    clearTimeout(this.#pause);
    if (isTyping) {
      this.#pause = setTimeout(() => this.tell(false), PAUSE_MS);
      const now = Date.now();
      if (this.#toldAt !== null && now - this.#toldAt < REPEAT_MS) return;
      this.#toldAt = now;
      this.#queue(true);
    } else if (this.#toldAt !== null) {
      this.#toldAt = null;
      this.#queue(false);
    }
  }

  /**
   * One after the other: two at once could arrive out of order and leave "is typing" standing. Lost ones do not matter.
   */
  #queue(isTyping: boolean): void {
    this.#sent = this.#sent.then(() => this.#send(isTyping)).catch(() => {});
  }
}
