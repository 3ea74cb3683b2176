import type { PushedEvents } from './generated/events.js';
import { TIMES } from './generated/times.js';

/** What carries `T` as JSON: its times are text. */
export type Wire<T> = { [K in keyof T]: T[K] extends Date | null ? string | T[K] : T[K] };

/** The payload of `event` as handlers receive it: its times are dates. Other events, and other texts, stay as they are. */
export function withDates<E extends keyof PushedEvents>(event: E, data: Wire<PushedEvents[E]>): PushedEvents[E];
export function withDates(event: string, data: unknown): unknown;
export function withDates(event: string, data: unknown): unknown {
  const names = TIMES.get(event);
  if (!names || typeof data !== 'object' || data === null) return data;
  // A copy: pusher-js hands the same object to every handler.
  const copy: Record<string, unknown> = { ...data };
  for (const name of names) {
    const time = copy[name];
    if (typeof time === 'string') copy[name] = new Date(time);
  }
  return copy;
}
