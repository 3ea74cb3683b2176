const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/** Waits that grow, with a random part, so that not all pages come back from an outage at once. */
export class Backoff {
  #wait = FIRST_MS;

  /** Calls `again` after the next wait, unless `gone` is aborted before. */
  after(again: () => void, gone: AbortSignal): void {
    if (gone.aborted) return;
    const timer = setTimeout(again, this.#wait * (0.5 + Math.random() / 2));
    gone.addEventListener('abort', () => clearTimeout(timer), { once: true });
    this.#wait = Math.min(LONGEST_MS, this.#wait * 2);
  }

  reset(): void {
    this.#wait = FIRST_MS;
  }
}
