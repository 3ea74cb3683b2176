// Rates from the stack's running totals, latencies as this browser saw them: one reading a second.

import { useEffect, useState } from 'react';
import { loadTotals, type StackTotals } from '../stack';
import type { Latencies } from './latencies';

const EVERY_MS = 1000;
const KEPT = 40;

export interface Reading {
  eventsIn: number | null;
  pushesOut: number | null;
  p50: number | null;
  p99: number | null;
}

interface Sample {
  totals: StackTotals;
  at: number;
}

function rate(of: keyof StackTotals, now: Sample | null, before: Sample | null): number | null {
  if (!now || !before) return null;
  return Math.max(0, ((now.totals[of] - before.totals[of]) * 1000) / (now.at - before.at));
}

async function sample(): Promise<Sample | null> {
  try {
    return { totals: await loadTotals(), at: performance.now() };
  } catch {
    // The stack is away: the strip shows dashes until it answers again.
    return null;
  }
}

/** The latest readings, the newest last. */
export function useThroughput(latencies: Latencies): Reading[] {
  const [readings, setReadings] = useState<Reading[]>([]);

  useEffect(() => {
    let before: Sample | null = null;
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;

    async function read() {
      const now = await sample();
      if (stopped) return;
      const reading = {
        eventsIn: rate('eventsIn', now, before),
        pushesOut: rate('pushesOut', now, before),
        p50: latencies.percentile(0.5),
        p99: latencies.percentile(0.99),
      };
      before = now;
      setReadings((earlier) => [...earlier, reading].slice(-KEPT));
      timer = setTimeout(read, EVERY_MS);
    }

    void read();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [latencies]);

  return readings;
}
