import { StrictMode, useEffect } from 'react';
import { renderToString } from 'react-dom/server';
import Pusher from 'pusher-js';
import { expect, test, vi } from 'vitest';
import {
  RealTimeProvider,
  useChannel,
  useConnectionState,
  useEvent,
  useMessages,
  useNotifications,
  usePresence,
  useTypingIndicator,
  useUserPresence,
} from '../src';
import { FakeServer } from './support/fake-server';
import { CONFIG, drop, look, mount, pass } from './support/react';

function Everything() {
  useNotifications();
  useMessages('c-1');
  useTypingIndicator('c-1');
  usePresence('presence-product-1');
  useUserPresence('ana');
  const { bind } = useChannel('private-order-1');
  useEffect(() => bind('order-status', () => {}), [bind]);
  return <p>{useConnectionState().state}</p>;
}

const everywhere = (
  <StrictMode>
    <RealTimeProvider config={CONFIG}>
      <Everything />
      <Everything />
      <section>
        <Everything />
      </section>
    </RealTimeProvider>
  </StrictMode>
);

test('carries all channels over one connection, each subscribed once, in strict mode too', async () => {
  const server = FakeServer.current;
  await mount(everywhere);

  expect(server.sockets).toHaveLength(1);
  expect(server.frames.toSorted()).toEqual([
    'subscribe presence-product-1',
    'subscribe presence-user-ben',
    'subscribe private-cache-status-ana',
    'subscribe private-cache-viewers-product-1',
    'subscribe private-conversation-c-1',
    'subscribe private-order-1',
    'subscribe private-user-ben',
  ]);
});

test('leaves nothing bound, open or ticking when it is gone', async () => {
  const server = FakeServer.current;
  const { unmount } = await mount(everywhere);
  const [pusher] = Pusher.instances;
  const channels = pusher!.allChannels();
  expect(channels).toHaveLength(7);
  expect(channels.map(bindings).every((count) => count > 0)).toBe(true);

  await unmount();
  await pass(100);

  expect(channels.map(bindings)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  expect(pusher!.allChannels()).toEqual([]);
  expect(bindings(pusher!.connection)).toBe(0);
  expect(Pusher.instances).toEqual([]);
  expect(server.open).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('does nothing while a server renders', () => {
  const html = renderToString(everywhere);
  expect(html).toContain('<p>initialized</p>');
  expect(FakeServer.current.sockets).toEqual([]);
  expect(FakeServer.current.requests).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('tells what the connection is doing', async () => {
  const server = FakeServer.current;
  const connection = await look(useConnectionState);
  expect(connection.current).toEqual({
    state: 'connected',
    isConnected: true,
    isConnecting: false,
    isDisconnected: false,
    socketId: server.sockets[0]!.id,
    error: null,
    retry: expect.any(Function),
  });

  server.isDown = true;
  await drop();
  await pass(15_000);
  expect(connection.current).toMatchObject({ isConnected: false, isDisconnected: true, socketId: null });

  server.isDown = false;
  await pass(30_000);
  expect(connection.current).toMatchObject({ state: 'connected', isConnected: true });
});

test('comes back from a drop at a moment of its own, and says meanwhile that it connects', async () => {
  const server = FakeServer.current;
  const connection = await look(useConnectionState);
  const random = vi.spyOn(Math, 'random').mockReturnValue(0.9);
  await drop();
  expect(connection.current).toMatchObject({ state: 'connecting', isConnecting: true, socketId: null });
  await pass(1_800);
  expect(server.sockets).toHaveLength(1);
  expect(connection.current).toMatchObject({ state: 'connecting', isConnecting: true, socketId: null });
  await pass(200);
  expect(server.sockets).toHaveLength(2);
  expect(connection.current).toMatchObject({ state: 'connected' });
  random.mockRestore();
});

test('stays away once it has dropped and nobody needs it any more', async () => {
  const server = FakeServer.current;
  const { unmount } = await look(useConnectionState);
  await drop();
  await unmount();
  await pass(60_000);
  expect(server.sockets).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test('passes the settings on', async () => {
  await look(useConnectionState, { wsHost: 'elsewhere.test', wsPort: 1234 });
  expect(FakeServer.current.sockets[0]!.url).toMatch('ws://elsewhere.test:1234/app/key?');
});

test('keeps its connection while the settings mean the same, and takes the latest token function', async () => {
  const server = FakeServer.current;
  const tokens: string[] = [];
  server.answer('GET /v1/notifications', ({ headers }) => {
    tokens.push(headers.get('Authorization')!);
    return { notifications: [], next: null };
  });
  const inbox = { current: undefined as ReturnType<typeof useNotifications> | undefined };
  const Bell = () => {
    inbox.current = useNotifications();
    return null;
  };
  const page = (key: string, token: string) => (
    <RealTimeProvider config={{ ...CONFIG, userId: 'ben', pusherKey: key, token: () => token }}>
      <Bell />
    </RealTimeProvider>
  );
  const { show } = await mount(page('key', 'first'));
  await show(page('key', 'second'));
  await drop();
  await pass(5_000);

  expect(server.sockets).toHaveLength(2);
  expect(tokens.at(0)).toBe('Bearer first');
  expect(tokens.at(-1)).toBe('Bearer second');

  await show(page('another', 'second'));
  expect(server.sockets.at(-1)!.url).toContain('/app/another');
  expect(server.open).toHaveLength(1);
});

test('takes the cluster by either name', async () => {
  const { wsHost, ...config } = CONFIG;
  const page = (more: object) => (
    <RealTimeProvider config={{ ...config, pusherCluster: 'mt1', ...more }}>
      <Everything />
    </RealTimeProvider>
  );
  await mount(page({}));
  await mount(page({ cluster: 'eu' }));
  expect(FakeServer.current.sockets.map(({ url }) => new URL(url).hostname)).toEqual(['ws-mt1.pusher.com', 'ws-eu.pusher.com']);
});

test.each(['enableLogging', 'logToConsole'])('logs when %s says so, and no tokens', async (setting) => {
  const debug = vi.spyOn(console, 'debug').mockImplementation(() => {});
  const { unmount } = await look(() => useChannel('private-order-1'), { [setting]: true });
  await unmount();
  const written = JSON.stringify(debug.mock.calls);
  expect(written).toContain('state_change');
  expect(written).not.toContain('Bearer');
  debug.mockRestore();
});

test.each([
  ['useChannel', () => useChannel('a')],
  ['useEvent', () => useEvent('a', 'b', () => {})],
  ['usePresence', () => usePresence('presence-a')],
  ['useTypingIndicator', () => useTypingIndicator('a')],
  ['useNotifications', () => useNotifications()],
  ['useConnectionState', () => useConnectionState()],
  ['useMessages', () => useMessages('a')],
  ['useUserPresence', () => useUserPresence('a')],
])('%s says that it needs a provider', (name, useIt) => {
  const Lost = () => {
    useIt();
    return null;
  };
  expect(() => renderToString(<Lost />)).toThrow(`${name} must be used below a <RealTimeProvider>`);
});

function bindings(dispatcher: object): number {
  const { callbacks, global_callbacks } = dispatcher as Record<string, any>;
  return Object.values<unknown[]>(callbacks._callbacks).flat().length + global_callbacks.length;
}
