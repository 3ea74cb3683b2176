import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { useMessages, type FetchMissed, type Message, type RealTimeConfig } from '../src';
import { FakeServer, Refusal } from './support/fake-server';
import { drop, look, pass } from './support/react';

const CHANNEL = 'private-conversation-c-1';

function message(id: string, second: number, more: Partial<Message> = {}): Message {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 12, 0, 0, second * 1_000));
  return { id, conversationId: 'c-1', senderId: 'ana', content: id, createdAt, ...more };
}

function push(...messages: Message[]): void {
  act(() => messages.forEach((pushed) => FakeServer.current.push(CHANNEL, 'new-message', pushed)));
}

const ids = (messages: readonly Message[]) => messages.map(({ id }) => id).join();

async function reconnect(): Promise<void> {
  await drop();
  await pass(4_000);
}

test('is in order, by time and then by id, with one entry an id, however they come', async () => {
  const conversation = await look(() => useMessages('c-1'));
  push(message('c', 2), message('a', 1), message('b', 1), message('c', 2), message('d', 0.5));
  expect(ids(conversation.current.messages)).toBe('d,a,b,c');

  const { messages } = conversation.current;
  push(message('a', 1));
  expect(conversation.current.messages).toBe(messages);
});

test('takes what is added or fetched with its time as text or as date, and orders it by time', async () => {
  const json = (entry: Message, createdAt: string) => ({ ...entry, createdAt });
  const fetchMissed: FetchMissed = async () => [json(message('c', 1.1), '2026-01-01T12:00:01.100Z'), message('b', 1.05)];
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  act(() => conversation.current.add(json(message('a', 1), '2026-01-01T12:00:01Z')));
  expect(conversation.current.messages).toEqual([message('a', 1), message('b', 1.05), message('c', 1.1)]);
});

test('keeps its order when a component turns its list round', async () => {
  const conversation = await look(() => useMessages('c-1'));
  push(message('a', 1), message('b', 2));
  conversation.current.messages.reverse();
  push(message('c', 3));
  expect(ids(conversation.current.messages)).toBe('a,b,c');
});

test('takes the name of the channel for the conversation, too', async () => {
  const both = await look(() => [useMessages('c-1'), useMessages(CHANNEL), useMessages(CHANNEL.replace('-', '-encrypted-'))]);
  push(message('a', 1));
  expect(both.current.map(({ messages }) => ids(messages))).toEqual(['a', 'a', 'a']);
  expect(FakeServer.current.count(`subscribe ${CHANNEL}`)).toBe(1);
});

test('shows that a message was cut, until its whole text is there', async () => {
  const conversation = await look(() => useMessages('c-1'));
  push(message('a', 1, { content: 'Once upon', truncated: true }));
  expect(conversation.current.messages[0]).toMatchObject({ truncated: true });

  act(() => conversation.current.add(message('a', 1, { content: 'Once upon a time' })));
  push(message('a', 1, { content: 'Once upon', truncated: true }));
  expect(conversation.current.messages).toEqual([message('a', 1, { content: 'Once upon a time' })]);
});

test('asks for what there was before, and after each reconnect for what was missed', async () => {
  const fetchMissed = vi.fn<FetchMissed>(async () => []);
  fetchMissed.mockResolvedValueOnce([message('a', 1), message('b', 2)]);
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  expect(fetchMissed.mock.calls.map(([id, since]) => [id, since])).toEqual([['c-1', null]]);
  push(message('b', 2), message('c', 3));

  fetchMissed.mockResolvedValueOnce([message('c', 3), message('d', 4)]);
  await reconnect();
  push(message('e', 5));
  expect(fetchMissed).toHaveBeenCalledTimes(2);
  expect(fetchMissed.mock.calls[1]![1]).toEqual(message('c', 3));
  expect(ids(conversation.current.messages)).toBe('a,b,c,d,e');
  expect(conversation.current).toMatchObject({ isLoading: false, error: null });
});

test('does not take what was only added for what was heard', async () => {
  const fetchMissed = vi.fn<FetchMissed>(async () => []);
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  push(message('a', 1));
  act(() => conversation.current.add(message('mine', 9)));
  await reconnect();
  expect(fetchMissed.mock.calls[1]![1]).toEqual(message('a', 1));
});

test('leaves no gap when the connection breaks again while what was missed is asked for', async () => {
  const answers: ((missed: Message[]) => void)[] = [];
  const fetchMissed = vi.fn<FetchMissed>(() => new Promise((answer) => answers.push(answer)));
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  answers[0]!([message('a', 1)]);
  await reconnect();
  push(message('d', 4));
  await reconnect();
  answers[1]!([message('b', 2)]);
  await pass();
  expect(fetchMissed.mock.calls.map(([, since]) => since?.id)).toEqual([undefined, 'a', 'a']);
  answers[2]!([message('b', 2), message('c', 3), message('d', 4)]);
  await pass();
  expect(ids(conversation.current.messages)).toBe('a,b,c,d');
});

test('asks again, from the same message, when asking failed', async () => {
  const fetchMissed = vi.fn<FetchMissed>(async () => []);
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  push(message('a', 1));
  fetchMissed.mockRejectedValueOnce(new Error('no network')).mockResolvedValueOnce([message('b', 2)]);
  await reconnect();
  push(message('c', 3));
  await pass(5_000);
  expect(fetchMissed.mock.calls.map(([, since]) => since?.id)).toEqual([undefined, 'a', 'a']);
  expect(ids(conversation.current.messages)).toBe('a,b,c');
  expect(conversation.current.error).toBeNull();
});

test('drops an answer that comes after the component is gone', async () => {
  const complain = vi.spyOn(console, 'error');
  let signal: AbortSignal;
  let answer: (missed: Message[]) => void = () => {};
  const fetchMissed: FetchMissed = (_, __, its) => {
    signal = its;
    return new Promise((resolve) => (answer = resolve));
  };
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  await conversation.unmount();
  const { renders } = conversation;
  expect(signal!.aborted).toBe(true);
  answer([message('a', 1)]);
  await pass();
  expect(conversation.renders).toBe(renders);
  expect(vi.getTimerCount()).toBe(0);
  expect(complain).not.toHaveBeenCalled();
});

test('shows the same to all who look, and asks for all of them once', async () => {
  const fetchMissed = vi.fn<FetchMissed>(async () => [message('a', 1)]);
  const both = await look(() => [useMessages('c-1', { fetchMissed }), useMessages('c-1'), useMessages(null)]);
  expect(both.current.map(({ messages }) => ids(messages))).toEqual(['a', 'a', '']);
  expect(fetchMissed).toHaveBeenCalledTimes(1);
});

test('shows why it is refused', async () => {
  FakeServer.current.answer('POST /pusher/auth', () => {
    throw new Refusal(403, 'this channel is not yours');
  });
  const conversation = await look(() => useMessages('c-1'));
  expect(conversation.current.error).toMatchObject({ status: 403, message: 'this channel is not yours' });
});

test('listens where conversations are encrypted, when it is given what decrypts', async () => {
  const asked: string[] = [];
  FakeServer.current.answer('POST /pusher/auth', ({ body }) => {
    asked.push(body.channel_name);
    throw new Refusal(403);
  });
  await look(() => useMessages('c-1'), { nacl: {} as NonNullable<RealTimeConfig['nacl']> });
  expect(asked).toContain('private-encrypted-conversation-c-1');
});

const MOVED = 'private-members-AAAAAAAAAAAAAAAAAAAAAA-c-1';

test('goes on in the channel of its present members, and fetches what it missed on the way', async () => {
  const fetchMissed = vi.fn<FetchMissed>(async () => []);
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  push(message('a', 1));

  fetchMissed.mockResolvedValueOnce([message('b', 2)]);
  act(() => FakeServer.current.push(CHANNEL, 'conversation-moved', { conversationId: 'c-1', channel: MOVED }));
  await pass(0);
  expect(FakeServer.current.count(`subscribe ${MOVED}`)).toBe(1);
  act(() => FakeServer.current.push(MOVED, 'new-message', message('c', 3)));
  expect(ids(conversation.current.messages)).toBe('a,b,c');

  const next = MOVED.replace('AAA', 'BBB');
  act(() => FakeServer.current.push(CHANNEL, 'conversation-moved', { conversationId: 'c-1', channel: next }));
  await pass();
  expect(FakeServer.current.count(`unsubscribe ${MOVED}`)).toBe(1);
  act(() => FakeServer.current.push(next, 'new-message', message('d', 4)));
  expect(ids(conversation.current.messages)).toBe('a,b,c,d');
});

test('begins in the channel that the authorization names, and asks again while the gateway refuses it', async () => {
  let isKnown = false;
  FakeServer.current.answer('POST /pusher/auth', ({ body: { channel_name } }) => {
    if (channel_name === MOVED && !isKnown) throw new Refusal(403);
    return { auth: 'key:signature', ...(channel_name === CHANNEL && { moved_to: MOVED }) };
  });
  const conversation = await look(() => useMessages('c-1'));
  expect(FakeServer.current.count(`subscribe ${MOVED}`)).toBe(0);

  isKnown = true;
  await pass(2_000);
  act(() => FakeServer.current.push(MOVED, 'new-message', message('a', 1)));
  expect(ids(conversation.current.messages)).toBe('a');
  expect(conversation.current.error).toBeNull();
});

test('leaves the channel of the members with the conversation, or when the conversation is refused', async () => {
  FakeServer.current.answer('POST /pusher/auth', ({ body: { channel_name } }) => ({
    auth: 'key:signature',
    ...(channel_name === CHANNEL && { moved_to: MOVED }),
  }));
  const conversation = await look(() => useMessages('c-1'));
  expect(FakeServer.current.count(`subscribe ${MOVED}`)).toBe(1);

  FakeServer.current.answer('POST /pusher/auth', () => {
    throw new Refusal(403, 'this channel is not yours');
  });
  await reconnect();
  expect(conversation.current.error?.status).toBe(403);
  act(() => FakeServer.current.push(MOVED, 'new-message', message('a', 1)));
  expect(conversation.current.messages).toEqual([]);
});
