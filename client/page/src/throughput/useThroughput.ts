// Rates from the stack's running totals, latencies as this browser saw them: one reading a second.

import { useEffect, useState } from 'react';
import { useOnline } from '../common/useOnline';
import { type View, viewOf } from '../common/view';
import { loadTotals, type StackTotals } from '../stack';
import type { Latencies } from './latencies';

const EVERY_MS = 1000;
const KEPT = 40;

export interface Reading {
  isAnswered: boolean;
  eventsIn: number | null;
  pushesOut: number | null;
  p50: number | null;
  p99: number | null;
}

export interface Figures {
  /** The latest ones, the newest last. */
  readings: Reading[];
  view: View;
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

export function useThroughput(latencies: Latencies): Figures {
  const isOnline = useOnline();
  const [readings, setReadings] = useState<Reading[]>([]);

  useEffect(() => {
    let before: Sample | null = null;
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;

    async function read() {
      const now = await sample();
      if (stopped) return;
      const reading = {
        isAnswered: now !== null,
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

  const isMeasured = readings.at(-1)?.eventsIn != null;
  const view = viewOf({
    known: isMeasured && isOnline,
    empty: false,
    failed: readings.at(-1)?.isAnswered === false,
    offline: !isOnline,
  });
  return { readings, view };
}
