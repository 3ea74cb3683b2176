// Where an order stands on its way, out of the events that came in whatever order.

import type { OrderStatus, OrderUpdate } from '@threadly/real-time';

export const STEPS: readonly OrderStatus[] = ['PLACED', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED'];

export const WORDS: Record<OrderStatus, string> = {
  PLACED: 'Placed',
  CONFIRMED: 'Confirmed',
  SHIPPED: 'Shipped',
  DELIVERED: 'Delivered',
  COMPLETED: 'Completed',
  CANCELLED: 'Cancelled',
  DISPUTED: 'In dispute',
  REFUNDED: 'Refunded',
};

export interface Progress {
  latest: OrderUpdate | null;
  /** When each step was reached, as far as this page has seen it. */
  reachedAt: Readonly<Partial<Record<OrderStatus, Date>>>;
}

export const NOTHING_YET: Progress = { latest: null, reachedAt: {} };

/** An older or repeated event changes nothing. */
export function advance(progress: Progress, event: OrderUpdate): Progress {
  if (progress.latest && event.updatedAt <= progress.latest.updatedAt) return progress;
  const earlier = event.status === STEPS[0] ? {} : progress.reachedAt;
  return { latest: event, reachedAt: { ...earlier, [event.status]: event.updatedAt } };
}

export type StepState = 'done' | 'now' | 'ahead';

/** A status off the way, such as a dispute, leaves the order at the step before. */
export function stateOf(step: OrderStatus, latest: OrderUpdate | null): StepState {
  if (!latest) return 'ahead';
  const onTheWay = STEPS.includes(latest.status);
  const at = onTheWay ? latest.status : latest.previousStatus;
  const reached = at ? STEPS.indexOf(at) : -1;
  const index = STEPS.indexOf(step);
  if (index === reached && onTheWay) return 'now';
  return index <= reached ? 'done' : 'ahead';
}
