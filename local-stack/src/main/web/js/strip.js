// The numbers on top: rates from the stack's running totals, latencies as this browser saw them.

import { getJson } from './api.js';

const EVERY_MS = 1000;

export function startStrip(root, latency) {
  const shown = (name) => root.querySelector(`[data-stat="${name}"]`);
  const write = (name, value) => (shown(name).textContent = value === null ? '–' : Math.round(value).toLocaleString());
  let last = null;

  async function tick() {
    const now = await getJson('stats.json').catch(() => null);
    const at = performance.now();
    const rate = (key) => (now && last ? Math.max(0, ((now[key] - last.now[key]) * 1000) / (at - last.at)) : null);
    write('in', rate('eventsIn'));
    write('out', rate('pushesOut'));
    write('p50', latency.percentile(0.5));
    write('p99', latency.percentile(0.99));
    last = now && { now, at };
    setTimeout(tick, EVERY_MS);
  }
  tick();
}
