import type { Notification } from '@threadly/real-time';
import { expect, test } from 'vitest';
import { destinationOf } from '../src/bell/destination';
import { withoutReadOnes } from '../src/bell/reading';
import { titleWith } from '../src/unread/unread';

const SHOWN = { conversationId: 'c-1', orderId: 'o-1' };

const note = (id: string, more: Partial<Notification>): Notification => ({
  id,
  userId: 'ana',
  title: '',
  message: '',
  type: 'message',
  metadata: {},
  revision: 1,
  read: false,
  createdAt: new Date('2026-01-02T03:04:05Z'),
  ...more,
});

test.each([
  ['a message', { conversationId: 'c-1' }, 'conversation'],
  ['an order', { orderId: 'o-1', status: 'SHIPPED' }, 'order'],
  ['a payment of it', { orderId: 'o-1', paymentId: 'p-1' }, 'order'],
  ['a conversation elsewhere', { conversationId: 'c-2' }, null],
  ['an announcement', {}, null],
])('%s leads to %s', (_, metadata, destination) => {
  expect(destinationOf({ metadata }, SHOWN)).toBe(destination);
});

const digest = note('n-1', { metadata: { conversationId: 'c-1' } });
const other = note('n-2', { metadata: { conversationId: 'c-2' } });
const order = note('n-3', { type: 'order', metadata: { orderId: 'o-1' } });

test('what tells of the conversation being read does not count', () => {
  const left = withoutReadOnes([digest, other, order], 7, 'c-1');
  expect(left.unreadCount).toBe(6);
  expect(left.readHere).toEqual([digest]);
  expect(left.notifications.map(({ read }) => read)).toEqual([true, false, false]);
});

test('nobody reading, or nothing to read, leaves all as it is', () => {
  expect(withoutReadOnes([digest], 1, null)).toEqual({ notifications: [digest], unreadCount: 1, readHere: [] });
  expect(withoutReadOnes([{ ...digest, read: true }], 0, 'c-1').readHere).toEqual([]);
});

test.each([
  [0, 'Threadly'],
  [3, '(3) Threadly'],
  [100, '(99+) Threadly'],
])('%i unread', (unread, title) => {
  expect(titleWith('Threadly', unread)).toBe(title);
});
