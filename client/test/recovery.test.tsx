import { act } from 'react';
import Pusher from 'pusher-js';
import { afterEach, expect, test, vi } from 'vitest';
import {
  RealTimeProvider,
  useChannel,
  useConnectionState,
  useMessages,
  useNotifications,
  useTypingIndicator,
  type FetchMissed,
  type Message,
} from '../src';
import { RealTime } from '../src/client';
import { Subscription } from '../src/subscription';
import { merged } from '../src/timeline';
import { FakeInbox, notification } from './support/fake-inbox';
import { FakeServer, Refusal, tokenOf } from './support/fake-server';
import { CONFIG, drop, look, mount, pass } from './support/react';

const ORDER = 'private-order-1';
const CONVERSATION = 'private-conversation-c-1';
const AUTH = 'POST /pusher/auth';
const LIST = 'GET /v1/notifications';
const COUNT = 'GET /v1/notifications/unread-count';
const QUIET = { enablePresence: false };

function refuse(request: string, status: number, headers: Record<string, string> = {}): () => void {
  const server = FakeServer.current;
  const before = server.answers.get(request)!;
  server.answer(request, () => {
    throw new Refusal(status, 'no', headers);
  });
  return () => server.answer(request, before);
}

const message = (id: number): Message => ({
  id: `m-${id}`,
  conversationId: 'c-1',
  senderId: 'ana',
  content: '',
  createdAt: new Date(id * 1_000),
});

afterEach(() => Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true }));

test('shows what there was without a connection, and is loading until then', async () => {
  FakeServer.current.isDown = true;
  const fetchMissed = vi.fn<FetchMissed>(async () => [message(1)]);
  const seen: boolean[] = [];
  const conversation = await look(() => {
    const messages = useMessages('c-1', { fetchMissed });
    seen.push(messages.isLoading);
    return messages;
  });
  expect(seen[0]).toBe(true);
  expect(conversation.current.isLoading).toBe(true);
  await pass(1_000);
  expect(conversation.current).toMatchObject({ messages: [message(1)], isLoading: false });
  expect(fetchMissed).toHaveBeenCalledTimes(1);
});

test('shows what there was when the channel is refused for now', async () => {
  refuse(AUTH, 503);
  const conversation = await look(() => useMessages('c-1', { fetchMissed: async () => [message(1)] }), QUIET);
  expect(conversation.current.messages).toEqual([message(1)]);
});

test('shows the inbox without a connection', async () => {
  FakeServer.current.isDown = true;
  new FakeInbox(FakeServer.current).store(notification(1));
  const inbox = await look(useNotifications);
  expect(inbox.current.isLoading).toBe(true);
  await pass(1_000);
  expect(inbox.current).toMatchObject({ notifications: [notification(1)], isLoading: false, error: null });
});

test('asks for the list and the count once at the start, and once after a reconnect', async () => {
  const server = FakeServer.current;
  await look(useNotifications);
  expect([server.count(LIST), server.count(COUNT)]).toEqual([1, 1]);
  await drop();
  await pass(5_000);
  expect([server.count(LIST), server.count(COUNT)]).toEqual([2, 2]);
});

test('asks for all channels in one request, also after a reconnect, and then not all at the same moment', async () => {
  const server = FakeServer.current;
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.9);
  const channels = await look(() => Array.from({ length: 20 }, (_, index) => useChannel(`private-order-${index}`)), QUIET);
  expect(channels.current.every(({ isSubscribed }) => isSubscribed)).toBe(true);
  expect(server.count(AUTH)).toBe(1);

  await drop();
  while (server.open.length === 0) await pass(20);
  await pass(800);
  expect(server.count(AUTH)).toBe(1);
  await pass(200);
  expect(server.count(AUTH)).toBe(2);
  expect(channels.current.every(({ isSubscribed }) => isSubscribed)).toBe(true);
  random.mockRestore();
});

test('tells the refusals of a batch apart', async () => {
  const server = FakeServer.current;
  const authorize = server.answers.get(AUTH)!;
  server.answer(AUTH, (request) => {
    if (request.body.channel_name === ORDER) throw new Refusal(403, 'this channel is not yours');
    return authorize(request);
  });
  const channels = await look(() => [useChannel(ORDER), useChannel('private-order-2')], QUIET);
  expect(channels.current[0]!.error).toMatchObject({ status: 403, message: 'this channel is not yours' });
  expect(channels.current[1]).toMatchObject({ isSubscribed: true, error: null });
});

test('subscribes to what was refused when it is asked to', async () => {
  const admit = refuse(AUTH, 403);
  const channel = await look(() => useChannel(ORDER), QUIET);
  await pass(60_000);
  expect(channel.current.error).toMatchObject({ status: 403 });
  admit();
  act(() => channel.current.retry());
  await pass();
  expect(channel.current).toMatchObject({ isSubscribed: true, error: null });
});

test.each(['focus', 'online'])('subscribes again after a 401 on %s', async (event) => {
  const admit = refuse(AUTH, 401);
  const channel = await look(() => useChannel(ORDER), QUIET);
  admit();
  act(() => void window.dispatchEvent(new Event(event)));
  await pass();
  expect(channel.current).toMatchObject({ isSubscribed: true, error: null });
});

test('subscribes again after a 401 with another token, but not with the same one', async () => {
  const server = FakeServer.current;
  const authorize = server.answers.get(AUTH)!;
  server.answer(AUTH, (request) => {
    if (request.headers.get('Authorization') !== `Bearer ${tokenOf('ben', { good: true })}`) throw new Refusal(401);
    return authorize(request);
  });
  let isSubscribed = false;
  const Order = () => {
    ({ isSubscribed } = useChannel(ORDER));
    return null;
  };
  const page = (token: string) => (
    <RealTimeProvider config={{ ...CONFIG, ...QUIET, token: () => token }}>
      <Order />
    </RealTimeProvider>
  );
  const { show } = await mount(page(tokenOf('ben')));
  await show(page(tokenOf('ben')));
  await show(page(tokenOf('ben')));
  expect(server.count(AUTH)).toBe(1);
  await show(page(tokenOf('ben', { good: true })));
  expect(isSubscribed).toBe(true);
});

test('loadMore tries again what has failed', async () => {
  const inbox = new FakeInbox(FakeServer.current);
  inbox.store(notification(1));
  const answer = refuse(LIST, 403);
  const notifications = await look(useNotifications);
  await act(() => notifications.current.loadMore());
  expect(notifications.current.error).toMatchObject({ status: 403 });
  answer();
  await act(() => notifications.current.loadMore());
  expect(notifications.current).toMatchObject({ notifications: [notification(1)], error: null });
});

test('goes on retrying when the server complains of something else', async () => {
  const admit = refuse(AUTH, 503);
  const channel = await look(() => useChannel(ORDER), QUIET);
  admit();
  act(() => FakeServer.current.sockets[0]!.deliver('pusher:error', { code: 4301, message: 'too many client events' }));
  await pass(3_000);
  expect(channel.current).toMatchObject({ isSubscribed: true, error: null });
});

test('forgets that a mark failed', async () => {
  new FakeInbox(FakeServer.current).store(notification(1));
  const inbox = await look(useNotifications);
  refuse('POST /v1/notifications/n-1/read', 503);
  await act(() => inbox.current.markAsRead('n-1'));
  expect(inbox.current).toMatchObject({ unreadCount: 1, error: { status: 503 } });
  await pass(10_000);
  expect(inbox.current.error).toBeNull();
});

test('waits as long as a response asks, in seconds or until a time', async () => {
  const until = new Date(Date.now() + 8_000).toUTCString();
  const admit = refuse(AUTH, 429, { 'Retry-After': until });
  const channel = await look(() => useChannel(ORDER), QUIET);
  admit();
  await pass(6_000);
  act(() => void window.dispatchEvent(new Event('focus')));
  await pass();
  expect(channel.current.error).toMatchObject({ status: 429 });
  await pass(3_000);
  expect(channel.current).toMatchObject({ isSubscribed: true, error: null });
});

test.each([
  [{ pusherKey: undefined as unknown as string }, 'pusherKey is missing'],
  [{ pusherCluster: '', wsHost: '' }, 'pusherCluster or wsHost is missing'],
])('says what is missing in %j, and does not crash', async (config, why) => {
  const seen = await look(() => ({ ...useConnectionState(), channel: useChannel(ORDER) }), config);
  await pass(60_000);
  expect(seen.current).toMatchObject({ state: 'failed', isDisconnected: true, error: { message: why } });
  expect(FakeServer.current.sockets).toEqual([]);
});

test('says that an encrypted channel needs what decrypts it', async () => {
  const channel = await look(() => useChannel('private-encrypted-order-1'), QUIET);
  expect(channel.current).toMatchObject({ isSubscribed: false, error: { message: expect.stringContaining('set nacl') } });
  expect(channel.current.trigger('client-a', {})).toBe(false);
  channel.current.bind('a', () => {})();
});

test('shows why typing is not known, and what the connection was refused for', async () => {
  refuse(AUTH, 403);
  const seen = await look(() => ({ typing: useTypingIndicator('c-1'), connection: useConnectionState() }), QUIET);
  expect(seen.current.typing.error).toMatchObject({ status: 403 });
  act(() => FakeServer.current.sockets[0]!.end(4001));
  expect(seen.current.connection).toMatchObject({ isConnected: false, error: { status: 4001 } });
});

test('notices within seconds that the network is gone, without taking the word of the browser for it', async () => {
  const server = FakeServer.current;
  const connection = await look(useConnectionState);
  act(() => void window.dispatchEvent(new Event('offline')));
  await pass(4_000);
  expect(connection.current.isConnected).toBe(true);
  expect(server.sockets).toHaveLength(1);

  server.isMute = server.isDown = true;
  act(() => void window.dispatchEvent(new Event('offline')));
  await pass(4_000);
  expect(connection.current.isConnected).toBe(false);
  server.isMute = server.isDown = false;
  await pass(20_000);
  expect(connection.current.isConnected).toBe(true);
});

test('notices that the connection is gone when a device wakes', async () => {
  const server = FakeServer.current;
  const connection = await look(useConnectionState);
  server.isMute = true;
  act(() => void document.dispatchEvent(new Event('visibilitychange')));
  await pass(3_500);
  server.isMute = false;
  await pass(1_000);
  expect(connection.current.isConnected).toBe(true);
  expect(server.sockets).toHaveLength(2);
});

test('is deaf to no channel that is released and held again, whatever runs between', async () => {
  const client = new RealTime({ ...CONFIG, ...QUIET });
  const heard = vi.fn();
  client.hold(Subscription, ORDER).release();
  let last = () => {};
  setTimeout(() => {
    const { it, release } = client.hold(Subscription, ORDER);
    it.on('said', heard);
    last = release;
  });
  client.hold(Subscription, ORDER).release();
  await pass(100);
  expect(client.peek(Subscription, ORDER)).toBeDefined();
  FakeServer.current.push(ORDER, 'said', {});
  expect(heard).toHaveBeenCalledTimes(1);
  last();
  await pass();
});

test('leaves nothing listening to the network when it is gone', async () => {
  const network = Pusher.Runtime.getNetwork() as unknown as { callbacks: { _callbacks: Record<string, unknown[]> } };
  const listening = () => Object.values(network.callbacks._callbacks).flat().length;
  const before = listening();
  const page = await mount(<RealTimeProvider config={CONFIG} />);
  expect(listening()).toBeGreaterThan(before);
  await page.unmount();
  expect(listening()).toBe(before);
});

test('works where a document tells nothing, and where AbortSignal.any, its timeout and reportError are missing', async () => {
  const missing = { document: { location: document.location }, reportError: undefined, AbortSignal: undefined };
  const client = new RealTime(CONFIG);
  for (const [name, value] of Object.entries(missing)) vi.stubGlobal(name, value);
  try {
    const { it, release } = client.hold(Subscription, 'presence-product-1');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(it.state).toMatchObject({ isSubscribed: true, error: null });
    release();
    await vi.advanceTimersByTimeAsync(100);
  } finally {
    vi.unstubAllGlobals();
    FakeServer.install();
  }
});

test('keeps the latest messages only, and takes another one without going through all', () => {
  const some = Array.from({ length: 10_000 }, (_, id) => message(id));
  expect(merged(some, [message(10_000)])).toEqual([...some, message(10_000)]);
  expect(merged(some, [message(9_999)])).toBe(some);
});

test('a conversation keeps five thousand', async () => {
  const conversation = await look(() => useMessages('c-1'));
  act(() => conversation.current.add(...Array.from({ length: 5_000 }, (_, id) => message(id))));
  act(() => FakeServer.current.push(CONVERSATION, 'new-message', message(5_000)));
  expect(conversation.current.messages).toHaveLength(5_000);
  expect(conversation.current.messages.at(-1)).toEqual(message(5_000));
});

test('fetches again when it is asked to', async () => {
  const fetchMissed = vi.fn<FetchMissed>(async () => []);
  const conversation = await look(() => useMessages('c-1', { fetchMissed }));
  fetchMissed.mockResolvedValueOnce([message(1)]);
  await act(() => conversation.current.refetch());
  expect(conversation.current.messages).toEqual([message(1)]);
  expect(fetchMissed.mock.calls.map(([, since]) => since)).toEqual([null, null]);
});

test('tells of each notification that arrives, once', async () => {
  const server = new FakeInbox(FakeServer.current);
  server.store(notification(1));
  const told: string[] = [];
  await look(() => useNotifications({ onNotification: ({ id }) => told.push(id) }));
  server.arrive(notification(2));
  server.push(notification(2), notification(3, { read: true }));
  expect(told).toEqual(['n-2']);
});
