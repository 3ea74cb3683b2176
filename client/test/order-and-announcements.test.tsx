import { act } from 'react';
import { expect, test } from 'vitest';
import { useAnnouncements, useOrderStatus, type OrderStatus } from '../src';
import { FakeServer, Refusal } from './support/fake-server';
import { look } from './support/react';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 12, 0, second));

function push(status: OrderStatus, second: number): void {
  const update = { orderId: '1', status, previousStatus: null, updatedAt: at(second) };
  act(() => FakeServer.current.push('private-order-1', 'order-status', update));
}

test('an order has the latest status, whatever is repeated', async () => {
  const order = await look(() => useOrderStatus('1'));
  expect(order.current).toMatchObject({ update: null, isSubscribed: true, error: null });
  push('PLACED', 1);
  push('SHIPPED', 3);
  push('CONFIRMED', 2);
  expect(order.current.update).toMatchObject({ status: 'SHIPPED', updatedAt: at(3) });
});

test("says that an order is somebody else's", async () => {
  FakeServer.current.answer('POST /pusher/auth', () => {
    throw new Refusal(403, 'this channel is not yours');
  });
  const order = await look(() => [useOrderStatus('1'), useOrderStatus(null)] as const, { enablePresence: false });
  expect(order.current[0]).toMatchObject({ update: null, isSubscribed: false, error: { status: 403 } });
  expect(order.current[1]).toMatchObject({ update: null, isSubscribed: false, error: null });
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
