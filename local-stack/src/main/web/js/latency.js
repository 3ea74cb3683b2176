// How long events take from the moment they happened to this browser. Both clocks are this machine's.

const KEPT = 500;

export class Latency {
  #samples = [];
  #next = 0;

  record(happenedAt) {
    const took = Date.now() - Date.parse(happenedAt);
    if (!Number.isFinite(took)) return;
    this.#samples[this.#next] = Math.max(0, took);
    this.#next = (this.#next + 1) % KEPT;
  }

  /** The percentile by nearest rank, or null before the first event. */
  percentile(share) {
    if (this.#samples.length === 0) return null;
    const sorted = this.#samples.toSorted((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }
}
