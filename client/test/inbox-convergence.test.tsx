import { act } from 'react';
import { expect, test } from 'vitest';
import { useNotifications } from '../src';
import { FakeInbox, digest, notification } from './support/fake-inbox';
import { FakeServer } from './support/fake-server';
import { drop, look, pass } from './support/react';

const RUNS = 25;
const STEPS = 60;

/** Numbers below a limit, the same for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

test.each(Array.from({ length: RUNS }, (_, seed) => [seed]))('ends as the server has it, whatever happens (seed %i)', async (seed) => {
  const below = numbers(seed);
  const inbox = new FakeInbox(FakeServer.current);
  for (let id = 0; id < below(90); id++) inbox.store(notification(id, { read: below(2) === 0 }));
  const here = await look(useNotifications);
  const there = await look(useNotifications);
  const archive = await look(() => useNotifications({ archived: true }));
  let next = 100;

  const pick = () => inbox.stored[below(inbox.stored.length)];
  const steps = [
    () => inbox.arrive(below(3) === 0 ? digest(next++, 1) : notification(next++)),
    () => inbox.store(notification(next++)), // is pushed never, or later
    () => inbox.push(...inbox.stored.slice(0, 3)), // repeats, and what is late
    () => {
      const known = inbox.stored.find(({ type }) => type === 'message');
      if (known) inbox.arrive({ ...known, read: false, seen: false, archived: false, revision: known.revision + 1, metadata: { ...known.metadata, count: 1 } });
    },
    async () => {
      const { id, revision } = pick() ?? { id: 'none', revision: 1 };
      await act(() => here.current.markAsRead(id));
      inbox.pushRead({ notificationIds: [id], revisions: [revision] });
    },
    async () => {
      await act(() => there.current.markAllAsRead());
      inbox.pushRead({
        notificationIds: inbox.stored.map(({ id }) => id),
        revisions: inbox.stored.map(({ revision }) => revision),
      });
    },
    () => act(() => here.current.loadMore()),
    async () => {
      await act(() => there.current.markAllAsSeen());
      inbox.pushMarked('seen', {
        notificationIds: inbox.stored.map(({ id }) => id),
        revisions: inbox.stored.map(({ revision }) => revision),
      });
    },
    async () => {
      const { id } = pick() ?? { id: 'none' };
      await act(() => here.current.markAsUnread(id));
      inbox.pushMarked('unread', { notificationIds: [id], revisions: [0] });
    },
    async () => {
      const { id, revision } = pick() ?? { id: 'none', revision: 1 };
      await act(() => there.current.archive(id));
      inbox.pushMarked('archived', { notificationIds: [id], revisions: [revision] });
    },
    async () => {
      const { id } = pick() ?? { id: 'none' };
      await act(() => archive.current.unarchive(id));
      inbox.pushMarked('unarchived', { notificationIds: [id], revisions: [0] });
    },
    async () => {
      const { id, revision } = pick() ?? { id: 'none', revision: 1 };
      await act(() => here.current.remove(id));
      inbox.pushMarked('deleted', { notificationIds: [id], revisions: [revision] });
    },
    drop,
    () => pass(below(8_000)),
  ];
  for (let step = 0; step < STEPS; step++) await steps[below(steps.length)]!();

  // What was stored and not pushed is learned at the next connection.
  await drop();
  await pass(60_000);
  const listed = inbox.stored.filter(({ archived }) => !archived);
  const archived = inbox.stored.filter((entry) => entry.archived);
  for (const [{ current }, all] of [[here, listed], [there, listed], [archive, archived]] as const) {
    expect(current.notifications).toEqual(all.slice(0, current.notifications.length));
    expect(current.unreadCount).toBe(inbox.unread);
    expect(current.unseenCount).toBe(inbox.unseen);
    expect(current.hasMore).toBe(current.notifications.length < all.length);
    expect(current.error).toBeNull();
  }
});
