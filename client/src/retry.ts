import type { RealTimeError } from './error.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Tries again what failed, as long as that makes sense: when the answer asks for it, and otherwise ever later. */
export class Retry {
  readonly #again: () => void;
  #delay = FIRST_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(again: () => void) {
    this.#again = again;
  }

  after({ mayPass, retryAfter }: RealTimeError): void {
    clearTimeout(this.#timer);
    if (!mayPass) return;
    // Never all clients at once, which have all seen the same outage.
    const jitter = (Math.random() * this.#delay) / 2;
    this.#timer = setTimeout(this.#again, (retryAfter ?? this.#delay / 2) + jitter);
    this.#delay = Math.min(LONGEST_MS, this.#delay * 2);
  }

  /** It went well, or is of no interest any more. */
  done(): void {
    clearTimeout(this.#timer);
    this.#delay = FIRST_MS;
  }
}
