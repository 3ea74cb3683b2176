import type { OrderStatus, OrderUpdate } from '@threadly/real-time';
import { expect, test } from 'vitest';
import { advance, NOTHING_YET, stateOf, STEPS } from '../src/order/progress';

const at = (second: number) => new Date(`2026-01-02T03:04:0${second}Z`);

const update = (status: OrderStatus, second: number, previousStatus: OrderStatus | null = null): OrderUpdate => ({
  orderId: 'order-1',
  status,
  previousStatus,
  updatedAt: at(second),
});

const states = (latest: OrderUpdate | null) => STEPS.map((step) => stateOf(step, latest));

test('an order without an event is at no step', () => {
  expect(states(null)).toEqual(['ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
});

test('the steps before the latest are done', () => {
  expect(states(update('SHIPPED', 1))).toEqual(['done', 'done', 'now', 'ahead', 'ahead']);
});

test('a status off the way leaves the order at the step before', () => {
  expect(states(update('CANCELLED', 1, 'CONFIRMED'))).toEqual(['done', 'done', 'ahead', 'ahead', 'ahead']);
});

test('what is older or comes again changes nothing', () => {
  const shipped = advance(NOTHING_YET, update('SHIPPED', 2));
  expect(advance(shipped, update('SHIPPED', 2))).toBe(shipped);
  expect(advance(shipped, update('CONFIRMED', 1))).toBe(shipped);
});

test('each step keeps its time until the order begins anew', () => {
  const way = [update('PLACED', 1), update('CONFIRMED', 2)].reduce(advance, NOTHING_YET);
  expect(way.reachedAt).toEqual({ PLACED: at(1), CONFIRMED: at(2) });
  expect(advance(way, update('PLACED', 3)).reachedAt).toEqual({ PLACED: at(3) });
});
