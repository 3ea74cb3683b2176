// How long events take from the moment they happened to this browser. Both clocks are this machine's.

const KEPT = 500;

export class Latencies {
  #samples: number[] = [];
  #next = 0;

  record(happenedAt: Date): void {
    const took = Date.now() - happenedAt.getTime();
    if (!Number.isFinite(took)) return;
    this.#samples[this.#next] = Math.max(0, took);
    this.#next = (this.#next + 1) % KEPT;
  }

  /** The percentile by nearest rank, or null before the first event. */
  percentile(share: number): number | null {
    if (this.#samples.length === 0) return null;
    const sorted = [...this.#samples].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
  }
}

/** One for the whole page: both people's connections feed it. */
export const latencies = new Latencies();
