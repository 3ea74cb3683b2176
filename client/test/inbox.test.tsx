import { act } from 'react';
import { beforeEach, expect, test, vi } from 'vitest';
import { useNotifications, type Notification, type RealTimeConfig } from '../src';
import { FakeInbox, digest, notification } from './support/fake-inbox';
import { FakeServer, Refusal } from './support/fake-server';
import { drop, look, pass } from './support/react';

const LIST = 'GET /v1/notifications';
const COUNT = 'GET /v1/notifications/unread-count';
const PAGE = 50;

let server: FakeInbox;
beforeEach(() => {
  server = new FakeInbox(FakeServer.current);
});

const ids = (inbox: { notifications: readonly Notification[] }) => inbox.notifications.map(({ id }) => id.slice(2)).join();
const unreadIds = (inbox: { notifications: readonly Notification[] }) =>
  inbox.notifications.flatMap(({ id, read }) => (read ? [] : [id.slice(2)])).join();

test('begins with a page, and goes on live', async () => {
  server.store(notification(1, { read: true }), notification(2));
  const inbox = await look(useNotifications);
  expect(inbox.current).toMatchObject({ unreadCount: 1, hasMore: false, isLoading: false, error: null });
  expect(ids(inbox.current)).toBe('2,1');

  server.arrive(notification(3));
  expect(ids(inbox.current)).toBe('3,2,1');
  expect(inbox.current.unreadCount).toBe(2);
});

test('is loading at first', async () => {
  FakeServer.current.answer(LIST, () => new Promise(() => {}));
  const inbox = await look(useNotifications);
  expect(inbox.current).toMatchObject({ notifications: [], unreadCount: 0, isLoading: true });
});

test('has one entry an id, however often it comes', async () => {
  const inbox = await look(useNotifications);
  server.arrive(notification(1));
  await act(() => inbox.current.markAsRead('n-1'));
  server.push(notification(1), notification(1));
  expect(ids(inbox.current)).toBe('1');
  expect(inbox.current.unreadCount).toBe(0);
});

test('replaces a digest by a newer one, in front and unread again, never by an older', async () => {
  const inbox = await look(useNotifications);
  server.arrive(digest(1, 1), notification(2));
  await act(() => inbox.current.markAsRead('n-1'));
  server.arrive(digest(1, 3));
  server.push(digest(1, 2));
  expect(inbox.current.notifications[0]).toEqual(digest(1, 3));
  expect(ids(inbox.current)).toBe('1,2');
  expect(inbox.current.unreadCount).toBe(2);
  await pass(20_000);
  expect(unreadIds(inbox.current)).toBe('1,2');
});

test('loads page by page, and asks for each once', async () => {
  server.store(...Array.from({ length: 120 }, (_, id) => notification(id)));
  const inbox = await look(useNotifications);
  expect(inbox.current.notifications).toHaveLength(PAGE);
  expect(inbox.current).toMatchObject({ hasMore: true, unreadCount: 120 });

  await act(() => inbox.current.loadMore());
  expect(inbox.current.notifications).toHaveLength(2 * PAGE);
  await act(async () => void (await Promise.all([inbox.current.loadMore(), inbox.current.loadMore()])));
  expect(inbox.current.notifications).toHaveLength(120);
  expect(inbox.current.hasMore).toBe(false);
  expect(new Set(inbox.current.notifications.map(({ id }) => id)).size).toBe(120);
});

test('does not lose or repeat what moves to the front while a page is turned', async () => {
  server.store(digest(0, 1), ...Array.from({ length: 80 }, (_, id) => notification(id + 1)));
  const inbox = await look(useNotifications);
  let answer = () => {};
  const list = FakeServer.current.answers.get(LIST)!;
  FakeServer.current.answer(LIST, async (request) => {
    const page = list(request);
    await new Promise<void>((resolve) => (answer = resolve));
    return page;
  });
  let more = Promise.resolve();
  act(() => void (more = inbox.current.loadMore()));
  await pass();
  server.arrive(digest(0, 2));
  server.pushRead({ notificationIds: ['n-3'], unreadCount: 80 });
  answer();
  await act(() => more);
  expect(inbox.current.notifications).toHaveLength(81);
  expect(inbox.current.notifications[0]).toEqual(digest(0, 2));
  expect(inbox.current.notifications.find(({ id }) => id === 'n-3')?.read).toBe(true);
});

test('shows a mark at once, and keeps it', async () => {
  server.store(notification(1), notification(2));
  const inbox = await look(useNotifications);
  let answer = () => {};
  FakeServer.current.answer('POST /v1/notifications/n-1/read', () => new Promise((done) => (answer = () => done(undefined))));
  act(() => void inbox.current.markAsRead('n-1'));
  expect(unreadIds(inbox.current)).toBe('2');
  expect(inbox.current.unreadCount).toBe(1);
  await pass();
  answer();
  await pass(20_000);
  expect(unreadIds(inbox.current)).toBe('2');
  expect(inbox.current.unreadCount).toBe(1);

  const asked = FakeServer.current.requests.length;
  await act(() => inbox.current.markAsRead('n-1'));
  expect(FakeServer.current.requests).toHaveLength(asked);
});

test('takes a mark back when it fails, and only that one', async () => {
  server.store(notification(1), notification(2));
  const inbox = await look(useNotifications);
  FakeServer.current.answer('POST /v1/notifications/n-1/read', () => {
    throw new Refusal(503, 'the broker is away');
  });
  await act(async () => void (await Promise.all([inbox.current.markAsRead('n-1'), inbox.current.markAsRead('n-2')])));
  expect(unreadIds(inbox.current)).toBe('1');
  expect(inbox.current.unreadCount).toBe(1);
  expect(inbox.current.error).toMatchObject({ status: 503, message: 'the broker is away' });
});

test('does not take back what another tab has marked meanwhile', async () => {
  server.store(notification(1), notification(2));
  const inbox = await look(useNotifications);
  let fail = () => {};
  FakeServer.current.answer('POST /v1/notifications/n-1/read', () => new Promise((_, no) => (fail = () => no(new Refusal(503)))));
  act(() => void inbox.current.markAsRead('n-1'));
  await pass();
  server.pushRead({ notificationIds: ['n-1'], unreadCount: 1 });
  fail();
  await pass();
  expect(unreadIds(inbox.current)).toBe('2');
  expect(inbox.current.unreadCount).toBe(1);
});

test('marks all, but nothing that comes after', async () => {
  server.store(...Array.from({ length: 70 }, (_, id) => notification(id)));
  const inbox = await look(useNotifications);
  let answer = () => {};
  let sent: any;
  FakeServer.current.answer('POST /v1/notifications/read', ({ body }) => {
    sent = body;
    server.mark(() => true);
    return new Promise((done) => (answer = () => done(undefined)));
  });
  act(() => void inbox.current.markAllAsRead());
  expect(inbox.current.unreadCount).toBe(0);
  await pass();
  server.arrive(notification(70));
  expect(inbox.current.unreadCount).toBe(1);
  answer();
  await pass(20_000);
  expect(inbox.current.unreadCount).toBe(1);
  expect(unreadIds(inbox.current)).toBe('70');
  expect(sent).toEqual({ all: true });

  FakeServer.current.answer('POST /v1/notifications/read', () => {
    throw new Refusal(500);
  });
  await act(() => inbox.current.markAllAsRead());
  expect(inbox.current.unreadCount).toBe(1);
});

test('marks the revision that is shown, and hears of revisions', async () => {
  server.store(digest(1, 3));
  const inbox = await look(useNotifications);
  let sent: any;
  FakeServer.current.answer('POST /v1/notifications/n-1/read', ({ body }) => void (sent = body));
  await act(() => inbox.current.markAsRead('n-1'));
  expect(sent).toEqual({ revision: 3 });
  server.arrive(digest(1, 4, { metadata: { conversationId: 'c-1', count: 1 } }));
  expect(unreadIds(inbox.current)).toBe('1');

  server.pushRead({ notificationIds: ['n-1'], revisions: [3], unreadCount: 1 });
  expect(unreadIds(inbox.current)).toBe('1');
  server.pushRead({ notificationIds: ['n-1'], revisions: [4], unreadCount: 0 });
  expect(unreadIds(inbox.current)).toBe('');
});

test('listens where notifications are encrypted, when it is given what decrypts', async () => {
  const asked: string[] = [];
  FakeServer.current.answer('POST /pusher/auth', ({ body }) => {
    asked.push(body.channel_name);
    throw new Refusal(403);
  });
  await look(useNotifications, { nacl: {} as NonNullable<RealTimeConfig['nacl']> });
  expect(asked).toContain('private-encrypted-user-ben');
});

test('does not flicker when marks are confirmed one by one', async () => {
  server.store(notification(1), notification(2));
  const inbox = await look(useNotifications);
  await act(async () => void (await Promise.all([inbox.current.markAsRead('n-1'), inbox.current.markAsRead('n-2')])));
  server.pushRead({ notificationIds: ['n-1'], unreadCount: 1 });
  expect(inbox.current.unreadCount).toBe(0);
  server.pushRead({ notificationIds: ['n-2'], unreadCount: 0 });
  expect(inbox.current.unreadCount).toBe(0);
});

test('does not take what a digest says now for read because it was before', async () => {
  server.store(digest(1, 1));
  const inbox = await look(useNotifications);
  await act(() => inbox.current.markAsRead('n-1'));
  server.store(digest(1, 2));
  await drop();
  await pass(5_000);
  expect(unreadIds(inbox.current)).toBe('1');
  await pass(20_000);
  expect(inbox.current).toMatchObject({ notifications: [digest(1, 2)], unreadCount: 1 });
});

test('is in step with another tab, which hears of marks and of all that were read', async () => {
  server.store(notification(1), notification(2), notification(3));
  const here = await look(useNotifications);
  const there = await look(useNotifications);
  expect(FakeServer.current.open).toHaveLength(2);

  await act(() => here.current.markAsRead('n-2'));
  server.pushRead({ notificationIds: ['n-2'], unreadCount: 2 });
  expect([here, there].map(({ current }) => [unreadIds(current), current.unreadCount])).toEqual([
    ['3,1', 2],
    ['3,1', 2],
  ]);

  await act(() => there.current.markAllAsRead());
  server.pushRead({ allUpTo: notification(3).createdAt, unreadCount: 0 });
  expect([here, there].map(({ current }) => [unreadIds(current), current.unreadCount])).toEqual([
    ['', 0],
    ['', 0],
  ]);
});

test('asks again when the ids that were read were too many to tell', async () => {
  server.store(...Array.from({ length: 60 }, (_, id) => notification(id)));
  const inbox = await look(useNotifications);
  server.mark(() => true);
  server.pushRead({ truncated: true });
  await pass();
  expect(unreadIds(inbox.current)).toBe('');
});

test('has no gap and no repeats after a reconnect, however much was missed', async () => {
  server.store(...Array.from({ length: 40 }, (_, id) => notification(id)), digest(40, 1));
  const inbox = await look(useNotifications);
  await drop();
  await pass();
  server.store(...Array.from({ length: 60 }, (_, id) => notification(100 + id)), digest(40, 5));
  server.mark(({ id }) => id === 'n-7');
  await pass(5_000);
  server.push(notification(159));
  expect(ids(inbox.current)).toBe(server.stored.slice(0, PAGE).map(({ id }) => id.slice(2)).join());
  expect(inbox.current.unreadCount).toBe(server.unread);

  await act(() => inbox.current.loadMore());
  await act(() => inbox.current.loadMore());
  expect(inbox.current.notifications).toEqual(server.stored);
});

test('keeps as much as was loaded when it asks again', async () => {
  server.store(...Array.from({ length: 200 }, (_, id) => notification(id)));
  const inbox = await look(useNotifications);
  await act(() => inbox.current.loadMore());
  await act(() => inbox.current.loadMore());
  await drop();
  await pass(5_000);
  expect(inbox.current.notifications).toEqual(server.stored.slice(0, 150));
  expect(inbox.current.hasMore).toBe(true);
});

test('does not forget what is pushed while an older answer is on its way', async () => {
  server.store(notification(1), notification(2));
  let answer = () => {};
  const list = FakeServer.current.answers.get(LIST)!;
  FakeServer.current.answer(LIST, async (request) => {
    const page = list(request);
    await new Promise<void>((resolve) => (answer = resolve));
    return page;
  });
  const inbox = await look(useNotifications);
  server.arrive(notification(3));
  await act(() => inbox.current.markAsRead('n-2'));
  server.mark(({ id }) => id === 'n-1');
  server.pushRead({ notificationIds: ['n-1'], unreadCount: 1 });
  answer();
  await pass();
  expect(ids(inbox.current)).toBe('3,2,1');
  expect(unreadIds(inbox.current)).toBe('3');
  answer();
  await pass(20_000);
  expect(unreadIds(inbox.current)).toBe('3');
});

test('counts again what may have been counted before it was pushed', async () => {
  const inbox = await look(useNotifications);
  await pass(10_000);
  server.store(notification(5));
  await drop();
  FakeServer.current.answer(LIST, () => ({ notifications: [], next: null }));
  await pass(3_500);
  server.push(notification(5));
  expect(inbox.current.unreadCount).toBe(2);
  await pass(6_000);
  expect(inbox.current.unreadCount).toBe(1);

  const asked = FakeServer.current.count(COUNT);
  server.arrive(notification(6));
  await pass(30_000);
  server.arrive(notification(7));
  await pass(30_000);
  expect(FakeServer.current.count(COUNT)).toBeLessThanOrEqual(asked + 1);
});

test('shows a wrong token as a value, and recovers from an outage', async () => {
  let refusal: Refusal | null = new Refusal(401, 'the token is not valid');
  const list = FakeServer.current.answers.get(LIST)!;
  FakeServer.current.answer(LIST, (request) => {
    if (refusal) throw refusal;
    return list(request);
  });
  const inbox = await look(useNotifications);
  expect(inbox.current).toMatchObject({ isLoading: false, error: { status: 401, message: 'the token is not valid' } });
  refusal = new Refusal(503);
  await act(() => inbox.current.loadMore());
  refusal = null;
  server.store(notification(1));
  await pass(2_000);
  expect(ids(inbox.current)).toBe('1');
  expect(inbox.current.error).toBeNull();
});

test('says that it is not live while its channel is refused', async () => {
  server.store(notification(1));
  FakeServer.current.answer('POST /pusher/auth', () => {
    throw new Refusal(403, 'this channel is not yours');
  });
  const inbox = await look(useNotifications, { enablePresence: false });
  expect(ids(inbox.current)).toBe('1');
  expect(inbox.current.error).toMatchObject({ status: 403, message: 'this channel is not yours' });
});

test.each([
  ['is missing', undefined],
  ['is no token', () => 'nonsense'],
])('says so when the token %s', async (_, token) => {
  const config = { token } as { token: () => string };
  const inbox = await look(useNotifications, config);
  expect(inbox.current.error).toMatchObject({ status: 401, message: 'notifications need a token that names its user' });
});

test('leaves no timer when it is gone', async () => {
  server.store(notification(1));
  const inbox = await look(useNotifications);
  await act(() => inbox.current.markAsRead('n-1'));
  server.arrive(notification(2));
  await inbox.unmount();
  expect(vi.getTimerCount()).toBe(0);
});

test('drops answers that come when it is gone', async () => {
  const complain = vi.spyOn(console, 'error');
  const answers: (() => void)[] = [];
  FakeServer.current.answer(LIST, () => new Promise((done) => answers.push(() => done({ notifications: [], next: null }))));
  const inbox = await look(useNotifications);
  const { renders } = inbox;
  await inbox.unmount();
  answers.forEach((answer) => answer());
  await pass(60_000);
  expect(inbox.renders).toBe(renders);
  expect(vi.getTimerCount()).toBe(0);
  expect(complain).not.toHaveBeenCalled();
});

test('reads all about a conversation, and nothing else', async () => {
  server.store(digest(1, 2), notification(2), digest(3, 1, { metadata: { conversationId: 'c-2' } }));
  const inbox = await look(useNotifications);
  await act(() => inbox.current.markAsRead({ conversationId: 'c-1' }));
  expect(unreadIds(inbox.current)).toBe('3,2');
  expect(inbox.current.unreadCount).toBe(2);
  expect(server.unread).toBe(2);
});

test('counts as unseen what has come since the list was opened', async () => {
  server.store(notification(1), notification(2, { read: true }));
  const inbox = await look(useNotifications);
  expect(inbox.current).toMatchObject({ unreadCount: 1, unseenCount: 1 });
  await act(() => inbox.current.markAllAsSeen());
  expect(inbox.current).toMatchObject({ unreadCount: 1, unseenCount: 0 });
  server.arrive(notification(3));
  expect(inbox.current).toMatchObject({ unreadCount: 2, unseenCount: 1 });
});

test('asks for nothing when all is seen already', async () => {
  server.store(notification(1, { seen: true }));
  const inbox = await look(useNotifications);
  const before = FakeServer.current.requests.length;
  await act(() => inbox.current.markAllAsSeen());
  expect(FakeServer.current.requests).toHaveLength(before);
});

test('archives out of the list into the archive, and back', async () => {
  server.store(notification(1), notification(2));
  const inbox = await look(useNotifications);
  const archive = await look(() => useNotifications({ archived: true }));
  await act(() => inbox.current.archive('n-1'));
  server.pushMarked('archived', { notificationIds: ['n-1'], revisions: [1] });
  await pass();
  expect([ids(inbox.current), ids(archive.current)]).toEqual(['2', '1']);
  expect(inbox.current.unreadCount).toBe(1);

  await act(() => archive.current.unarchive('n-1'));
  server.pushMarked('unarchived', { notificationIds: ['n-1'], revisions: [0] });
  await pass();
  expect([ids(inbox.current), ids(archive.current)]).toEqual(['2,1', '']);
  expect(inbox.current.unreadCount).toBe(2);
});

test('follows what is put back in another tab', async () => {
  server.store(notification(1, { archived: true }));
  const inbox = await look(useNotifications);
  const archive = await look(() => useNotifications({ archived: true }));
  server.store(notification(1));
  server.pushMarked('unarchived', { notificationIds: ['n-1'], revisions: [0] });
  await pass();
  expect([ids(inbox.current), ids(archive.current)]).toEqual(['1', '']);
});

test('shows at once what is made unread in another tab', async () => {
  server.store(notification(1, { read: true }));
  const inbox = await look(useNotifications);
  FakeServer.current.answer('GET /v1/notifications', () => new Promise(() => {}));
  server.pushMarked('unread', { notificationIds: ['n-1'], revisions: [0] });
  await pass();
  expect(unreadIds(inbox.current)).toBe('1');
});

test('shows an archived digest again when it grows', async () => {
  server.store(digest(1, 2, { archived: true, read: true }));
  const inbox = await look(useNotifications);
  const archive = await look(() => useNotifications({ archived: true }));
  expect([ids(inbox.current), ids(archive.current)]).toEqual(['', '1']);
  server.arrive(digest(1, 3));
  await pass();
  expect([ids(inbox.current), ids(archive.current)]).toEqual(['1', '']);
});

test('makes unread again, here and elsewhere', async () => {
  server.store(notification(1, { read: true }), notification(2));
  const inbox = await look(useNotifications);
  await act(() => inbox.current.markAsUnread('n-1'));
  expect(unreadIds(inbox.current)).toBe('2,1');
  expect(inbox.current.unreadCount).toBe(2);

  await act(() => inbox.current.markAsRead('n-2'));
  server.change(({ id }) => id === 'n-2', { read: false });
  server.pushMarked('unread', { notificationIds: ['n-2'], revisions: [0] });
  await pass();
  expect(unreadIds(inbox.current)).toBe('2,1');
});

test('removes, and puts back what could not be removed', async () => {
  server.store(notification(1), notification(2));
  const inbox = await look(useNotifications);
  await act(() => inbox.current.remove('n-1'));
  expect(ids(inbox.current)).toBe('2');
  FakeServer.current.answer('POST /v1/notifications/n-2/delete', () => {
    throw new Refusal(503);
  });
  await act(() => inbox.current.remove('n-2'));
  expect(ids(inbox.current)).toBe('2');
  expect(inbox.current.error?.status).toBe(503);
});
