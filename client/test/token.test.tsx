import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { RealTimeProvider, useChannel, useNotifications, type RealTimeConfig } from '../src';
import { FakeServer, Refusal, tokenOf } from './support/fake-server';
import { CONFIG, drop, look, mount, pass } from './support/react';

const ORDER = 'private-order-1';
const LIST = 'GET /v1/notifications';
const TOKEN = 'GET /token';
const { token: _, ...DATA } = CONFIG;

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

/** The tokens of the requests of the inbox's list. */
function tokensOf(server: FakeServer): (string | null)[] {
  const tokens: (string | null)[] = [];
  server.answer(LIST, ({ headers }) => {
    tokens.push(headers.get('Authorization'));
    return { notifications: [], next: null };
  });
  return tokens;
}

test('asks once for a token that says when it expires, and again shortly before', async () => {
  const token = vi.fn(async () => tokenOf('ben', { exp: inSeconds(300) }));
  const inbox = await look(useNotifications, { token });
  expect(token).toHaveBeenCalledTimes(1);
  await drop();
  await pass(200_000);
  expect(token).toHaveBeenCalledTimes(1);
  await pass(100_000);
  await act(() => inbox.current.markAllAsRead());
  expect(token).toHaveBeenCalledTimes(2);
});

test('asks an endpoint for it, where a configuration may only hold data', async () => {
  const server = FakeServer.current;
  const tokens = tokensOf(server);
  const asked: unknown[] = [];
  server.answer(TOKEN, ({ credentials }) => {
    asked.push(credentials);
    return { token: tokenOf('ben', { exp: inSeconds(300) }) };
  });
  const config = { ...DATA, tokenEndpoint: 'http://gateway.test/token' } satisfies RealTimeConfig;
  const Bell = () => <>{useNotifications().unreadCount}</>;
  await mount(
    <RealTimeProvider config={JSON.parse(JSON.stringify(config))}>
      <Bell />
    </RealTimeProvider>,
  );
  expect(asked).toEqual(['same-origin']);
  expect(new Set(tokens)).toEqual(new Set([`Bearer ${tokenOf('ben', { exp: inSeconds(300) })}`]));
  expect(server.count('subscribe private-user-ben')).toBe(1);
});

test('shows that nobody is signed in', async () => {
  FakeServer.current.answer(TOKEN, () => {
    throw new Refusal(401, 'sign in first');
  });
  let seen: unknown;
  const Bell = () => {
    seen = useNotifications().error;
    return null;
  };
  await mount(
    <RealTimeProvider config={{ ...DATA, tokenEndpoint: 'http://gateway.test/token' }}>
      <Bell />
    </RealTimeProvider>,
  );
  expect(seen).toMatchObject({ status: 401, message: 'sign in first' });
});

test('authorizes by a cookie, in the form of pusher-js, at an endpoint of the page', async () => {
  const server = FakeServer.current;
  const asked: object[] = [];
  server.answer('POST /session/auth', ({ body, headers, credentials }) => {
    asked.push({ body, authorization: headers.get('Authorization'), credentials });
    return { auth: 'key:signature' };
  });
  const Order = () => <>{String(useChannel(ORDER).isSubscribed)}</>;
  const config = { ...DATA, userId: 'ben', authEndpoint: 'http://app.test/session/auth', enablePresence: false };
  await mount(
    <RealTimeProvider config={{ ...config, credentials: 'include' }}>
      <Order />
    </RealTimeProvider>,
  );
  const body = { socket_id: server.sockets[0]!.id, channel_name: ORDER };
  expect(asked).toEqual([{ body, authorization: null, credentials: 'include' }]);
  expect(server.count(`subscribe ${ORDER}`)).toBe(1);
});

test('tries another token at once when one is withdrawn before it expires', async () => {
  const server = FakeServer.current;
  const [first, second] = [1, 2].map((issued) => tokenOf('ben', { exp: inSeconds(300), issued })) as [string, string];
  const token = vi.fn(async () => second).mockResolvedValueOnce(first);
  server.answer(LIST, ({ headers }) => {
    if (headers.get('Authorization') === `Bearer ${first}`) throw new Refusal(401);
    return { notifications: [], next: null };
  });
  const inbox = await look(useNotifications, { token });
  expect(inbox.current).toMatchObject({ error: null, isLoading: false });
  expect(token).toHaveBeenCalledTimes(2);
});

test('takes the token function that comes with what needs it', async () => {
  const tokens = tokensOf(FakeServer.current);
  const Bell = () => <>{useNotifications().unreadCount}</>;
  const page = (name: string, shown: boolean) => (
    <RealTimeProvider config={{ ...CONFIG, userId: 'ben', token: () => name }}>{shown && <Bell />}</RealTimeProvider>
  );
  const { show } = await mount(page('first', false));
  await show(page('second', true));
  expect(new Set(tokens)).toEqual(new Set(['Bearer second']));
});

test('waits for no token for ever', async () => {
  const token = vi.fn(async () => tokenOf('ben')).mockReturnValueOnce(new Promise(() => {}));
  const channel = await look(() => useChannel(ORDER), { token, enablePresence: false });
  await pass(15_100);
  expect(channel.current.error).toMatchObject({ message: 'no answer within 15 s' });
  await pass(5_000);
  expect(channel.current).toMatchObject({ error: null, isSubscribed: true });
});

test('keeps its connection when the settings come in another order', async () => {
  const server = FakeServer.current;
  const page = (config: RealTimeConfig) => <RealTimeProvider config={config} />;
  const { show } = await mount(page(CONFIG));
  await show(page(Object.fromEntries(Object.entries(CONFIG).reverse()) as unknown as RealTimeConfig));
  expect(server.sockets).toHaveLength(1);
});
