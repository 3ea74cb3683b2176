import { StrictMode, act, useEffect } from 'react';
import { expect, test, vi } from 'vitest';
import { RealTimeError, RealTimeProvider, useChannel, useEvent, type Channel, type OrderUpdate } from '../src';
import { FakeServer, Refusal } from './support/fake-server';
import { CONFIG, drop, look, mount, pass } from './support/react';

const ORDER = 'private-order-1';
const SHIPPED: OrderUpdate = {
  orderId: '1',
  status: 'SHIPPED',
  previousStatus: 'CONFIRMED',
  updatedAt: new Date('2026-01-01T12:00:00Z'),
};

test('is subscribed from the first user to the last', async () => {
  const server = FakeServer.current;
  const User = () => <i>{String(useChannel(ORDER).isSubscribed)}</i>;
  const page = (...users: string[]) => (
    <StrictMode>
      <RealTimeProvider config={CONFIG}>
        {users.map((user) => (
          <User key={user} />
        ))}
      </RealTimeProvider>
    </StrictMode>
  );
  const { show } = await mount(page('a', 'b'));
  await show(page('b'));
  await show(page('c'));
  expect(server.count(`subscribe ${ORDER}`)).toBe(1);
  expect(server.count(`unsubscribe ${ORDER}`)).toBe(0);

  await show(page());
  expect(server.count(`unsubscribe ${ORDER}`)).toBe(1);
  expect(server.open).toHaveLength(1);
});

test('hears each event once, in strict mode too, until it is unbound', async () => {
  const server = FakeServer.current;
  const heard = vi.fn();
  const channel = await look(() => {
    const { bind } = useChannel(ORDER);
    useEffect(() => bind('order-status', heard), [bind]);
    return bind;
  });
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard.mock.calls).toEqual([[SHIPPED, {}]]);

  // The same function bound twice is unbound one by one.
  const unbind = channel.current('order-status', heard);
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard).toHaveBeenCalledTimes(3);
  unbind();
  unbind();
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard).toHaveBeenCalledTimes(4);

  await channel.unmount();
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard).toHaveBeenCalledTimes(4);
});

test('keeps the same functions from render to render', async () => {
  const channel = await look(() => useChannel(ORDER));
  const { bind, trigger } = channel.current;
  await channel.again();
  expect(channel.current.bind).toBe(bind);
  expect(channel.current.trigger).toBe(trigger);
});

test('drops what a component bound when that is gone, though others stay', async () => {
  const server = FakeServer.current;
  const heard = vi.fn();
  let leaking: Channel['bind'];
  const Leaking = () => {
    leaking = useChannel(ORDER).bind;
    return null;
  };
  const Staying = () => <>{useChannel(ORDER).isSubscribed}</>;
  const page = (leaks: boolean) => (
    <RealTimeProvider config={CONFIG}>
      <Staying />
      {leaks && <Leaking />}
    </RealTimeProvider>
  );
  const { show } = await mount(page(true));
  leaking!('order-status', heard);
  await show(page(false));
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard).not.toHaveBeenCalled();
});

test('hands events to the latest handler, and renders nothing again for it', async () => {
  const server = FakeServer.current;
  const heard: string[] = [];
  const page = (name: string | null, who: string) => (
    <StrictMode>
      <RealTimeProvider config={CONFIG}>
        <Listener name={name} who={who} />
      </RealTimeProvider>
    </StrictMode>
  );
  let renders = 0;
  const Listener = ({ name, who }: { name: string | null; who: string }) => {
    renders++;
    useEvent(name, 'order-status', ({ status, updatedAt }) => heard.push(`${who} ${status} ${updatedAt.getUTCHours()}`));
    return null;
  };
  const { show } = await mount(page(ORDER, 'first'));
  server.push(ORDER, 'order-status', SHIPPED);
  await show(page(ORDER, 'second'));
  const before = renders;
  server.push(ORDER, 'order-status', SHIPPED);
  expect(renders).toBe(before);
  await show(page(null, 'second'));
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard).toEqual(['first SHIPPED 12', 'second SHIPPED 12']);
  expect(server.count(`unsubscribe ${ORDER}`)).toBe(1);
});

test('moves to another channel with its name', async () => {
  const server = FakeServer.current;
  const heard: unknown[] = [];
  const page = (name: string | null) => (
    <RealTimeProvider config={CONFIG}>
      <Follower name={name} />
    </RealTimeProvider>
  );
  const Follower = ({ name }: { name: string | null }) => {
    const { bind, isSubscribed } = useChannel(name);
    useEffect(() => bind('said', (data: string) => heard.push(data)), [bind]);
    return <>{isSubscribed}</>;
  };
  const { show } = await mount(page(null));
  expect(server.count('subscribe a')).toBe(0);
  await show(page('a'));
  server.push('a', 'said', 'on a');
  await show(page('b'));
  server.push('a', 'said', 'on a again');
  server.push('b', 'said', 'on b');
  expect(heard).toEqual(['on a', 'on b']);
  expect(server.count('unsubscribe a')).toBe(1);
});

test('subscribes again after a reconnect, and says when it is not subscribed', async () => {
  const server = FakeServer.current;
  const heard = vi.fn();
  const channel = await look(() => useChannel(ORDER));
  channel.current.bind('order-status', heard);
  server.isDown = true;
  await drop();
  await pass(1_500);
  expect(channel.current.isSubscribed).toBe(false);

  server.isDown = false;
  await pass(20_000);
  expect(channel.current).toMatchObject({ isSubscribed: true, error: null });
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard).toHaveBeenCalledTimes(1);
});

test.each([
  [401, 'the token is not valid'],
  [403, 'this channel is not yours'],
])('shows a refusal (%i) as a value, and does not insist', async (status, detail) => {
  const server = FakeServer.current;
  server.answer('POST /pusher/auth', () => {
    throw new Refusal(status, detail);
  });
  const channel = await look(() => useChannel(ORDER), { enablePresence: false });
  await pass(120_000);
  const { error, isSubscribed } = channel.current;
  expect(error).toBeInstanceOf(RealTimeError);
  expect(error).toMatchObject({ message: detail, status });
  expect(isSubscribed).toBe(false);
  expect(server.count('POST /pusher/auth')).toBe(1);
});

test('shows that the token function failed, and asks it again', async () => {
  const token = vi.fn(CONFIG.token!).mockRejectedValueOnce(new Error('token expired'));
  const channel = await look(() => useChannel(ORDER), { token, enablePresence: false });
  expect(channel.current.error).toMatchObject({ message: 'token expired' });
  await pass(2_000);
  expect(channel.current).toMatchObject({ isSubscribed: true, error: null });
});

test('tries again what may pass, when the gateway asks for it', async () => {
  const server = FakeServer.current;
  let refusals = 2;
  const authorize = server.answers.get('POST /pusher/auth')!;
  server.answer('POST /pusher/auth', (request) => {
    if (refusals-- > 0) throw new Refusal(503, 'away', { 'Retry-After': '7' });
    return authorize(request);
  });
  const channel = await look(() => useChannel(ORDER), { enablePresence: false });
  expect(channel.current.error).toMatchObject({ status: 503, retryAfter: 7_000 });
  await pass(6_500);
  expect(server.count('POST /pusher/auth')).toBe(1);
  await pass(10_000);
  expect(channel.current).toMatchObject({ isSubscribed: true, error: null });
  expect(server.count('POST /pusher/auth')).toBe(3);
});

test('drops an authorization that comes when the channel is not wanted any more', async () => {
  const server = FakeServer.current;
  const answers: (() => void)[] = [];
  server.answer('POST /pusher/auth', () => new Promise((answer) => answers.push(() => answer({ auth: 'a:b' }))));
  const User = () => <>{useChannel(ORDER).isSubscribed}</>;
  const page = (used: boolean) => (
    <RealTimeProvider config={{ ...CONFIG, enablePresence: false }}>{used && <User />}</RealTimeProvider>
  );
  const { show } = await mount(page(true));
  await show(page(false));
  await show(page(true));
  answers.forEach((answer) => answer());
  await pass();
  expect(answers).toHaveLength(2);
  expect(server.count(`subscribe ${ORDER}`)).toBe(1);

  await show(page(false));
  await drop();
  await pass(5_000);
  expect(server.sockets).toHaveLength(2);
  expect(server.count(`subscribe ${ORDER}`)).toBe(1);
});

test('drops an authorization that was for the connection before', async () => {
  const server = FakeServer.current;
  const answers: (() => void)[] = [];
  server.answer('POST /pusher/auth', () => new Promise((answer) => answers.push(() => answer({ auth: 'a:b' }))));
  const channel = await look(() => useChannel(ORDER), { enablePresence: false });
  await drop();
  await pass(5_000);
  expect(answers).toHaveLength(2);
  await act(async () => answers.reverse().forEach((answer) => answer()));
  await pass();
  expect(channel.current.isSubscribed).toBe(true);
  expect(server.count(`subscribe ${ORDER}`)).toBe(1);
});

test('sends client events while it is subscribed', async () => {
  const server = FakeServer.current;
  const channel = await look(() => useChannel(ORDER));
  expect(channel.current.trigger('client-seen', { at: 1 })).toBe(true);
  await pass();
  expect(server.frames).toContain(`client-seen ${ORDER}`);

  server.isDown = true;
  await act(async () => {
    server.drop();
    expect(channel.current.trigger('client-seen', { at: 2 })).toBe(false);
  });
});

test('lets others hear what one handler trips over', async () => {
  const server = FakeServer.current;
  const heard = vi.fn();
  const channel = await look(() => useChannel(ORDER));
  channel.current.bind('order-status', () => {
    throw new Error('tripped');
  });
  channel.current.bind('order-status', heard);
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  server.push(ORDER, 'order-status', SHIPPED);
  expect(heard).toHaveBeenCalledTimes(1);
  expect(reported.mock.calls).toEqual([[new Error('tripped')]]);
});
