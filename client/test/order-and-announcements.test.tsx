import { act } from 'react';
import { expect, test } from 'vitest';
import { useAnnouncements, useOrderStatus, type OrderStatus } from '../src';
import { FakeServer, Refusal } from './support/fake-server';
import { drop, look, pass } from './support/react';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));

function push(status: OrderStatus, second: number): void {
  const update = { orderId: '1', status, previousStatus: null, updatedAt: at(second) };
  act(() => FakeServer.current.push('private-order-1', 'order-status', update));
}

const told = (status: OrderStatus, second: number) => ({ orderId: '1', status, previousStatus: null, updatedAt: at(second) });

test('an order has its status before anything is pushed', async () => {
  FakeServer.current.answer('GET /v1/orders/1', () => told('SHIPPED', 3));
  const order = await look(() => useOrderStatus('1'));
  expect(order.current).toMatchObject({ update: told('SHIPPED', 3), isLoading: false, isSubscribed: true, error: null });
  expect(FakeServer.current.count('GET /v1/orders/1')).toBe(1);
});

test('an order has the latest status, whatever is repeated', async () => {
  const order = await look(() => useOrderStatus('1'));
  expect(order.current).toMatchObject({ update: null, isLoading: false, isSubscribed: true, error: null });
  push('PLACED', 1);
  push('SHIPPED', 3);
  push('CONFIRMED', 2);
  expect(order.current.update).toMatchObject({ status: 'SHIPPED', updatedAt: at(3) });
  push('DELIVERED', 3);
  expect(order.current.update).toMatchObject({ status: 'DELIVERED' });
});

test('an answer from before a push does not undo it', async () => {
  let answer = (_: unknown) => {};
  FakeServer.current.answer('GET /v1/orders/1', () => new Promise((resolve) => (answer = resolve)));
  const order = await look(() => useOrderStatus('1'));
  expect(order.current).toMatchObject({ update: null, isLoading: true });
  push('SHIPPED', 3);
  answer(told('CONFIRMED', 2));
  await pass();
  expect(order.current).toMatchObject({ update: { status: 'SHIPPED' }, isLoading: false });
});

test('what happened to an order without a connection shows after it', async () => {
  FakeServer.current.answer('GET /v1/orders/1', () => told('PLACED', 1));
  const order = await look(() => useOrderStatus('1'));
  FakeServer.current.answer('GET /v1/orders/1', () => told('SHIPPED', 3));
  await drop();
  await pass(10_000);
  expect(order.current).toMatchObject({ update: { status: 'SHIPPED' }, isSubscribed: true });
});

test('an order has its status without a connection, too', async () => {
  FakeServer.current.isDown = true;
  FakeServer.current.answer('GET /v1/orders/1', () => told('PLACED', 1));
  const order = await look(() => useOrderStatus('1'));
  expect(order.current).toMatchObject({ update: null, isLoading: true });
  await pass(2_000);
  expect(order.current).toMatchObject({ update: { status: 'PLACED' }, isLoading: false, isSubscribed: false });
});

test('a status that could not be fetched is an error, and is asked for again', async () => {
  FakeServer.current.answer('GET /v1/orders/1', () => {
    throw new Refusal(503);
  });
  const order = await look(() => useOrderStatus('1'));
  expect(order.current).toMatchObject({ update: null, isLoading: false, error: { status: 503 } });
  FakeServer.current.answer('GET /v1/orders/1', () => told('PLACED', 1));
  act(() => order.current.retry());
  await pass();
  expect(order.current).toMatchObject({ update: { status: 'PLACED' }, error: null });
});

test("says that an order is somebody else's", async () => {
  FakeServer.current.answer('POST /pusher/auth', () => {
    throw new Refusal(403, 'this channel is not yours');
  });
  const order = await look(() => [useOrderStatus('1'), useOrderStatus(null)] as const, { enablePresence: false });
  expect(order.current[0]).toMatchObject({ update: null, isSubscribed: false, error: { status: 403 } });
  expect(order.current[1]).toMatchObject({ update: null, isLoading: false, isSubscribed: false, error: null });
});

test('shows guests what is announced, the latest first, each once', async () => {
  const board = await look(useAnnouncements, { token: () => '' });
  const announce = (channel: string, event: string, id: string) =>
    act(() => FakeServer.current.push(channel, event, { id, title: id, message: '', createdAt: at(0) }));
  announce('global-announcements', 'announcement', 'a');
  announce('global-announcements', 'announcement', 'b');
  announce('global-announcements', 'announcement', 'a');
  announce('status-updates', 'status-update', 's');
  expect(board.current.announcements.map(({ id }) => id)).toEqual(['a', 'b']);
  expect(board.current.statusUpdates).toEqual([{ id: 's', title: 's', message: '', createdAt: at(0) }]);
});
