import type { RealTimeError } from './error.js';

const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Retries what failed, as long as that makes sense: when the response asks for it, otherwise with growing waits. What is
 * refused waits until it is asked for.
 */
export class Retry {
  readonly #again: () => void;
  readonly #failed: Set<Retry>;
  #delay = FIRST_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #error: RealTimeError | undefined;

  /** @param failed holds this from a failure to the next success */
  constructor(failed: Set<Retry>, again: () => void) {
    this.#failed = failed;
    this.#again = again;
  }

  after(error: RealTimeError): void {
    clearTimeout(this.#timer);
    this.#error = error;
    this.#failed.add(this);
    if (!error.mayPass) return;
    // Jitter, so that all clients do not return from the same outage at once.
    const jitter = (Math.random() * this.#delay) / 2;
    this.#timer = setTimeout(this.#again, (error.retryAfter ?? this.#delay / 2) + jitter);
    this.#delay = Math.min(LONGEST_MS, this.#delay * 2);
  }

  /** Retries at once, if it has failed. */
  now(): void {
    if (!this.#failed.has(this)) return;
    clearTimeout(this.#timer);
    this.#again();
  }

  /** It is a good moment: the network is back, somebody looks, or there may be another token. */
  wake(): void {
    if (this.#error?.status === 401 || (this.#error?.mayPass && !this.#error.retryAfter)) this.now();
  }

  /** It succeeded, or is no longer needed. */
  done(): void {
    clearTimeout(this.#timer);
    this.#delay = FIRST_MS;
    this.#failed.delete(this);
  }
}
