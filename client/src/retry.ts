import type { RealTimeError } from './error.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Retries what failed, as long as that makes sense: when the response asks for it, otherwise with growing waits. */
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
    // Jitter, so that all clients do not return from the same outage at once.
    const jitter = (Math.random() * this.#delay) / 2;
    this.#timer = setTimeout(this.#again, (retryAfter ?? this.#delay / 2) + jitter);
    this.#delay = Math.min(LONGEST_MS, this.#delay * 2);
  }

  /** It succeeded, or is no longer needed. */
  done(): void {
    clearTimeout(this.#timer);
    this.#delay = FIRST_MS;
  }
}
