import { expect, test, vi } from 'vitest';
import { connect, type ChannelPresence, type Connection, type RealTimeCore } from '../src/core';
import { FakeInbox, notification } from './support/fake-inbox';
import { FakeServer } from './support/fake-server';
import { CONFIG } from './support/react';

const pass = (milliseconds = 10) => vi.advanceTimersByTimeAsync(milliseconds);

/** Runs `test` with a connection, which leaves nothing behind. */
async function connected(test: (realTime: RealTimeCore) => Promise<void>, config = {}): Promise<void> {
  const realTime = connect({ ...CONFIG, ...config });
  await pass();
  await test(realTime);
  realTime.close();
  await pass();
  expect(FakeServer.current.open).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
}

test('tells each subscriber the state at once, then each change, until it leaves', () =>
  connected(async (realTime) => {
    const states: Connection['state'][] = [];
    const leave = realTime.connection().subscribe(({ state }) => states.push(state));
    expect(states).toEqual(['connected']);
    FakeServer.current.drop();
    await pass(10_000);
    expect(states.at(-1)).toBe('connected');
    expect(states.length).toBeGreaterThan(1);
    leave();
    const { length } = states;
    FakeServer.current.drop();
    await pass(10_000);
    expect(states).toHaveLength(length);
  }));

test('has the inbox, and marks in it', () =>
  connected(async (realTime) => {
    const server = new FakeInbox(FakeServer.current);
    server.store(notification(1));
    const inbox = realTime.notifications();
    const heard: string[] = [];
    const leave = [inbox.subscribe(() => {}), inbox.onNotification(({ id }) => heard.push(id))];
    await pass();
    server.store(notification(2));
    FakeServer.current.push('private-user-ben', 'notification', notification(2));
    await pass();
    expect(inbox.get()).toMatchObject({ unreadCount: 2, isLoading: false, error: null });
    expect(inbox.get().notifications.map(({ id }) => id)).toEqual(['n-2', 'n-1']);
    expect(heard).toEqual(['n-2']);
    await inbox.markAsRead('n-1');
    expect(server.unread).toBe(1);
    expect(inbox.get().unreadCount).toBe(1);
    leave.forEach((end) => end());
  }));

test('has the messages, with those of before', () =>
  connected(async (realTime) => {
    const message = (id: string) => ({ id, conversationId: 'c-1', senderId: 'ana', content: id, createdAt: new Date() });
    const conversation = realTime.messages('c-1', { fetchMissed: async () => [message('m-1')] });
    const seen: string[][] = [];
    const leave = conversation.subscribe(({ messages }) => seen.push(messages.map(({ id }) => id)));
    expect(conversation.get()).toMatchObject({ messages: [], isLoading: true });
    await pass();
    expect(conversation.get()).toMatchObject({ messages: [{ id: 'm-1' }], isLoading: false, error: null });
    FakeServer.current.push('private-conversation-c-1', 'new-message', message('m-2'));
    conversation.add(message('m-3'));
    expect(seen.at(-1)).toEqual(['m-1', 'm-2', 'm-3']);
    leave();
  }));

test('has channels, whose bindings hold them', () =>
  connected(async (realTime) => {
    const heard: unknown[] = [];
    const unbind = realTime.channel('private-order-1').bind('order-status', ({ status }) => heard.push(status));
    await pass();
    FakeServer.current.push('private-order-1', 'order-status', { status: 'SHIPPED' });
    expect(heard).toEqual(['SHIPPED']);
    unbind();
    await pass();
    expect(FakeServer.current.count('unsubscribe private-order-1')).toBe(1);
  }));

test('has who is there and who types', () =>
  connected(async (realTime) => {
    FakeServer.current.members = { 'presence-product-1': { ana: { name: 'Ana' } } };
    let presence: ChannelPresence | undefined;
    const typing = realTime.typing('c-1');
    const leave = [realTime.presence('presence-product-1').subscribe((now) => (presence = now)), typing.subscribe(() => {})];
    await pass();
    expect([...presence!.members.keys()].sort()).toEqual(['ana', 'ben']);
    FakeServer.current.push('private-conversation-c-1', 'typing', { id: '1', userId: 'ana', isTyping: true });
    await pass();
    expect(typing.get().typingUsers).toEqual(['ana']);
    leave.forEach((end) => end());
  }));

test('retries with another token what was refused', () =>
  connected(
    async (realTime) => {
      const inbox = realTime.notifications();
      const leave = inbox.subscribe(() => {});
      await pass(2_000);
      expect(inbox.get().error).toMatchObject({ status: 401 });
      realTime.tokenFrom(CONFIG.token!);
      await pass(2_000);
      expect(inbox.get()).toMatchObject({ error: null, isLoading: false });
      leave();
    },
    { token: () => '', enablePresence: false },
  ));
