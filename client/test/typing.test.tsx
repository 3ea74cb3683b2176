import { act } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { useTypingIndicator } from '../src';
import { FakeServer, Refusal, tokenOf } from './support/fake-server';
import { look, pass } from './support/react';

const CONVERSATION = 'private-conversation-c-1';
const TYPING = 'POST /v1/conversations/c-1/typing';

let told: boolean[];
beforeEach(() => {
  told = [];
  FakeServer.current.answer(TYPING, ({ body }) => void told.push(body.isTyping));
});

function push(userId: string, isTyping = true, id: string = crypto.randomUUID()): void {
  act(() => FakeServer.current.push(CONVERSATION, 'typing', { id, conversationId: 'c-1', userId, isTyping }));
}

test('lists the others, never oneself', async () => {
  const typing = await look(() => useTypingIndicator('c-1').typingUsers);
  push('ana');
  push('ben');
  push('cat');
  push('ana');
  await pass();
  expect(typing.current).toEqual(['ana', 'cat']);
  push('ana', false);
  expect(typing.current).toEqual(['cat']);
});

test('does not list oneself, though it is not known at first who that is', async () => {
  const token = vi.fn(async () => tokenOf('ben'));
  const typing = await look(() => useTypingIndicator('c-1').typingUsers, { token, enablePresence: false });
  token.mockRejectedValueOnce(new Error('the token is being renewed'));
  push('ben');
  await pass();
  expect(typing.current).toEqual([]);
  push('ana');
  await pass();
  expect(typing.current).toEqual(['ana']);
});

test('forgets who is silent, and who has sent the message', async () => {
  const typing = await look(() => useTypingIndicator('c-1').typingUsers);
  push('ana');
  await pass(4_000);
  push('ana');
  await pass(5_900);
  expect(typing.current).toEqual(['ana']);
  await pass(200);
  expect(typing.current).toEqual([]);

  push('ana');
  const message = { id: 'm', conversationId: 'c-1', senderId: 'ana', content: 'Hi', createdAt: '2026-01-01T12:00:00Z' };
  act(() => FakeServer.current.push(CONVERSATION, 'new-message', message));
  expect(typing.current).toEqual([]);
});

test('takes no repeat for news', async () => {
  const typing = await look(() => useTypingIndicator('c-1').typingUsers);
  push('ana', true, 'began');
  push('ana', false, 'ended');
  push('ana', true, 'began');
  push('ana', false, 'ended');
  push('ben', true, 'ben began');
  await pass();
  push('ana', true, 'began');
  await pass();
  expect(typing.current).toEqual([]);
  push('ana');
  await pass();
  expect(typing.current).toEqual(['ana']);
});

test('tells others seldom, and that it is over', async () => {
  const typing = await look(() => useTypingIndicator('c-1'));
  for (let key = 0; key < 50; key++) {
    typing.current.sendTyping(true);
    await pass(100);
  }
  expect(told).toEqual([true, true, true]);
  await pass(3_000);
  expect(told).toEqual([true, true, true, false]);
  typing.current.sendTyping(false);
  await pass();
  expect(told).toHaveLength(4);

  typing.current.sendTyping(true);
  typing.current.sendTyping(false);
  await pass();
  expect(told.slice(4)).toEqual([true, false]);
});

test('tells others that it is over when the component goes', async () => {
  const typing = await look(() => useTypingIndicator('c-1'));
  typing.current.sendTyping(true);
  await typing.unmount();
  expect(told).toEqual([true, false]);
});

test('never lets one word overtake another, nor minds a lost one', async () => {
  let answer = () => {};
  FakeServer.current.answer(TYPING, ({ body }) => {
    told.push(body.isTyping);
    return new Promise((_, reject) => (answer = () => reject(new Refusal(503))));
  });
  const typing = await look(() => useTypingIndicator('c-1'));
  typing.current.sendTyping(true);
  typing.current.sendTyping(false);
  await pass();
  expect(told).toEqual([true]);
  answer();
  await pass();
  expect(told).toEqual([true, false]);
});

test('takes the name of the channel for the conversation, too', async () => {
  const typing = await look(() => useTypingIndicator(CONVERSATION));
  push('ana');
  await pass();
  expect(typing.current.typingUsers).toEqual(['ana']);
  typing.current.sendTyping(true);
  await pass();
  expect(told).toEqual([true]);
});

test('does nothing when it is off', async () => {
  const typing = await look(() => useTypingIndicator('c-1'), { enableTypingIndicators: false });
  typing.current.sendTyping(true);
  await pass();
  expect(told).toEqual([]);
  expect(FakeServer.current.count(`subscribe ${CONVERSATION}`)).toBe(0);
});
