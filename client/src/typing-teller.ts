/** The server passes on one a second, and nobody shows one for longer than a few. */
const REPEAT_MS = 2_000;
const PAUSE_MS = 3_000;

/** Tells others that one is typing: seldom enough, and never without telling them when it is over. */
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

  /** One after the other: two at once could overtake each other, and leave "is typing" standing. Lost ones are not missed. */
  #queue(isTyping: boolean): void {
    this.#sent = this.#sent.then(() => this.#send(isTyping)).catch(() => {});
  }
}
