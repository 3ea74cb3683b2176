import type { Message } from '@threadly/real-time';
import { expect, test } from 'vitest';
import { daysOf, groupsOf } from '../src/conversation/groups';

const message = (id: string, senderId: string, time: string): Message => ({
  id,
  conversationId: 'conversation-1',
  senderId,
  content: id,
  createdAt: new Date(`2026-01-02T${time}Z`),
});

const shape = (...messages: Message[]) => groupsOf(messages).map((group) => group.messages.map(({ id }) => id).join());

test('what one person says in one breath stands together', () => {
  expect(shape(message('a', 'ana', '10:00:00'), message('b', 'ana', '10:00:59'))).toEqual(['a,b']);
});

test('another person, or a pause, begins anew', () => {
  expect(shape(message('a', 'ana', '10:00:00'), message('b', 'ben', '10:00:01'))).toEqual(['a', 'b']);
  expect(shape(message('a', 'ana', '10:00:00'), message('b', 'ana', '10:01:00'))).toEqual(['a', 'b']);
});

test('a group has the time of its last message', () => {
  const [group] = groupsOf([message('a', 'ana', '10:00:00'), message('b', 'ana', '10:00:30')]);
  expect(group?.at).toEqual(new Date('2026-01-02T10:00:30Z'));
});

test('each day stands by itself, even within one breath', () => {
  const at = (id: string, day: number, ...time: [number, number, number]): Message => ({
    ...message(id, 'ana', '00:00:00'),
    createdAt: new Date(2026, 0, day, ...time),
  });
  const days = daysOf([at('a', 2, 23, 59, 50), at('b', 3, 0, 0, 10), at('c', 3, 0, 0, 20)]);
  expect(days.map(({ groups }) => groups.map(({ messages }) => messages.map(({ id }) => id).join()))).toEqual([['a'], ['b,c']]);
});

test('nothing said is no day', () => {
  expect(daysOf([])).toEqual([]);
});
