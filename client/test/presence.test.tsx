import { act } from 'react';
import { expect, test, vi } from 'vitest';
import { usePresence, useUserPresence } from '../src';
import { FakeServer, Refusal, tokenOf } from './support/fake-server';
import { drop, look, pass } from './support/react';

const PRODUCT = 'presence-product-1';
const WINDOW = { windowStart: '2026-01-01T12:00:00Z', windowEnd: '2026-01-01T12:01:00Z' };
const counted = (count: number) => ({ channel: PRODUCT, count, ...WINDOW });

test('shows the members, and oneself among them', async () => {
  const server = FakeServer.current;
  server.members[PRODUCT] = { ana: { name: 'Ana' } };
  const viewers = await look(() => usePresence(PRODUCT));
  expect([...viewers.current.members]).toEqual([
    ['ben', { id: 'ben', name: 'ben' }],
    ['ana', { id: 'ana', name: 'Ana' }],
  ]);
  expect(viewers.current).toMatchObject({ count: 2, me: { id: 'ben', name: 'ben' } });

  const joined = { user_id: 'cat', user_info: { name: 'Cat' } };
  act(() => server.push(PRODUCT, 'pusher_internal:member_added', joined));
  act(() => server.push(PRODUCT, 'pusher_internal:member_added', joined));
  expect(viewers.current.count).toBe(3);
  act(() => server.push(PRODUCT, 'pusher_internal:member_removed', { user_id: 'ana' }));
  expect([...viewers.current.members.keys()]).toEqual(['ben', 'cat']);
});

const COUNTS = 'private-cache-viewers-product-1';

test("prefers the aggregator's count", async () => {
  const server = FakeServer.current;
  const viewers = await look(() => [usePresence(PRODUCT).count, usePresence(PRODUCT).count]);
  expect(viewers.current).toEqual([1, 1]);
  act(() => server.push(COUNTS, 'presence-count', counted(12)));
  act(() => server.push(PRODUCT, 'pusher_internal:member_added', { user_id: 'cat' }));
  expect(viewers.current).toEqual([12, 12]);
  act(() => server.push(COUNTS, 'presence-count', counted(0)));
  expect(viewers.current).toEqual([0, 0]);

  // Pusher hands out the latest one when the connection is back.
  await drop();
  await pass(5_000);
  expect(viewers.current).toEqual([0, 0]);
});

test('counts and is counted where a hundred others are already', async () => {
  const server = FakeServer.current;
  const beats: string[][] = [];
  server.answer('POST /v1/presence', ({ body }) => void beats.push(body.channels));
  server.full.add(PRODUCT);
  const viewers = await look(() => usePresence(PRODUCT));
  act(() => server.push(COUNTS, 'presence-count', counted(101)));

  expect(viewers.current).toMatchObject({ count: 101, me: null });
  await pass(60_000);
  expect(beats.filter((channels) => channels.includes(PRODUCT)).length).toBeGreaterThanOrEqual(2);
});

test('tells the gateway that one is still there, and when one looks away', async () => {
  const server = FakeServer.current;
  const beats: unknown[] = [];
  server.answer('POST /v1/presence', ({ body }) => void beats.push(body));
  const { unmount } = await look(() => usePresence(PRODUCT));
  const channels = [PRODUCT, 'presence-user-ben'];
  expect(beats).toEqual(channels.map((channel) => ({ channels: [channel], change: 'SEEN' })));

  beats.length = 0;
  await pass(60_000);
  expect(beats).toEqual([{ channels, change: 'SEEN' }]);

  Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(5_000);
  expect(beats.at(-1)).toEqual({ channels, change: 'AWAY' });
  Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });

  await unmount();
  document.dispatchEvent(new Event('visibilitychange'));
  await pass(120_000);
  expect(beats).toHaveLength(2);
});

test('says nothing when one looks away for a moment only, as a reload does', async () => {
  const server = FakeServer.current;
  const beats: unknown[] = [];
  server.answer('POST /v1/presence', ({ body }) => void beats.push(body));
  await look(() => usePresence(PRODUCT));
  beats.length = 0;
  for (const value of ['hidden', 'visible']) {
    Object.defineProperty(document, 'visibilityState', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    await pass(4_000);
  }
  expect(beats).toEqual([]);
});

test('shows why the viewers are not known', async () => {
  const server = FakeServer.current;
  server.answer('POST /pusher/auth', () => {
    throw new Refusal(503, 'away');
  });
  const viewers = await look(() => usePresence(PRODUCT));
  expect(viewers.current).toMatchObject({ count: 0, error: { status: 503, message: 'away' } });
});

test('tells the gateway of all channels that the page shows, at once and whether or not it is on them', async () => {
  const server = FakeServer.current;
  const beats: string[][] = [];
  server.answer('POST /v1/presence', ({ body }) => void beats.push(body.channels));
  server.isDown = true;
  // As many hooks as that are not of a page's making, but of a test's.
  await look(() => Array.from({ length: 25 }, (_, index) => usePresence(`presence-product-${index}`)));
  expect(beats.map(({ length }) => length)).toEqual([20, 5, 1]);

  beats.length = 0;
  await pass(60_000);
  expect(beats.map(({ length }) => length)).toEqual([20, 6]);
});

test('lets others see that one is here, once the token can be had', async () => {
  const server = FakeServer.current;
  const token = vi.fn(async () => tokenOf('ben')).mockRejectedValueOnce(new Error('the token is being renewed'));
  const { unmount } = await look(() => null, { token });
  expect(server.frames).toEqual([]);
  await pass(2_000);
  expect(server.frames).toEqual(['subscribe presence-user-ben']);
  await unmount();
  expect(server.open).toEqual([]);
});

test('does none of it when presence is off', async () => {
  const server = FakeServer.current;
  const off = await look(() => ({ ...usePresence(PRODUCT), ...useUserPresence('ana') }), { enablePresence: false });
  await pass(120_000);
  const nothing = { members: new Map(), count: 0, me: null, status: null, lastSeen: null, error: null };
  expect(off.current).toEqual({ ...nothing, retry: expect.any(Function) });
  expect(server.frames.filter((frame) => frame.startsWith('subscribe'))).toEqual([]);
  expect(server.requests).toEqual([]);
});

const ANA = { userId: 'ana', status: 'online', lastSeen: '2026-01-01T12:00:00Z' };
const GONE = { userId: 'ana', status: 'offline', lastSeen: '2026-01-01T12:05:00Z' };
const ASK = 'GET /v1/presence/users/ana';

test('knows where a user is from the start, and hears of changes', async () => {
  const server = FakeServer.current;
  server.answer(ASK, () => ANA);
  const ana = await look(() => useUserPresence('ana'));
  expect(ana.current).toMatchObject({ status: 'online', lastSeen: new Date(ANA.lastSeen), error: null });
  act(() => server.push('private-cache-status-ana', 'presence', GONE));
  expect(ana.current).toMatchObject({ status: 'offline', lastSeen: new Date(GONE.lastSeen), error: null });
});

test('takes what was pushed for newer than an answer that comes later', async () => {
  const server = FakeServer.current;
  let answer: (presence: unknown) => void = () => {};
  server.answer(ASK, () => new Promise((resolve) => (answer = resolve)));
  const ana = await look(() => useUserPresence('ana'));
  expect(ana.current.status).toBeNull();
  act(() => server.push('private-cache-status-ana', 'presence', GONE));
  answer(ANA);
  await pass();
  expect(ana.current.status).toBe('offline');
});

test('takes somebody whom nobody knows for offline, and asks again when the aggregator is away', async () => {
  const server = FakeServer.current;
  server.answer(ASK, () => {
    throw new Refusal(503);
  });
  const ana = await look(() => useUserPresence('ana'));
  expect(ana.current).toMatchObject({ status: null, error: { status: 503 } });
  server.answer(ASK, () => {
    throw new Refusal(404);
  });
  await pass(2_000);
  expect(ana.current).toMatchObject({ status: 'offline', lastSeen: null, error: null });
});
