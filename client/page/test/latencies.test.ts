import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Latencies } from '../src/throughput/latencies';

const NOW = Date.parse('2026-01-02T03:04:05Z');
const ago = (milliseconds: number) => new Date(NOW - milliseconds);

beforeEach(() => void vi.useFakeTimers({ now: NOW }));
afterEach(() => void vi.useRealTimers());

test('there is no percentile of nothing', () => {
  expect(new Latencies().percentile(0.5)).toBeNull();
});

test('percentiles go by nearest rank', () => {
  const latencies = new Latencies();
  for (let milliseconds = 1; milliseconds <= 100; milliseconds++) latencies.record(ago(milliseconds));
  expect(latencies.percentile(0.5)).toBe(50);
  expect(latencies.percentile(0.99)).toBe(99);
});

test('only the latest five hundred count, and a clock that runs ahead is no negative time', () => {
  const latencies = new Latencies();
  latencies.record(ago(10_000));
  for (let sample = 0; sample < 500; sample++) latencies.record(ago(-5));
  expect(latencies.percentile(1)).toBe(0);
});
