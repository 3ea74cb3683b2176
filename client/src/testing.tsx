// For tests of components that use the hooks: no network, and what happens is said by the test.

import * as React from 'react';
import type { ReactNode } from 'react';
import { channelNames } from './channel-names.js';
import type { Payload } from './channel.js';
import { RealTime } from './client.js';
import type { RealTimeConfig } from './config.js';
import type { ConnectionState } from './connection.js';
import { RealTimeError } from './error.js';
import { FakeGateway, type FakeRequest } from './fake/fake-gateway.js';
import { FakePusher, type ClientEvent } from './fake/fake-pusher.js';
import type { Announcement, Message, Notification, OrderStatus, UserStatus } from './generated/events.js';
import type { Member } from './presence.js';
import { Connected } from './react/provider.js';

export interface FakeOptions extends Pick<RealTimeConfig, 'enablePresence' | 'enableTypingIndicators'> {
  /** Who uses the page; `me` by default. */
  userId?: string;
}

/**
 * A provider for tests, and what happens behind it. Each function may be called before anything is rendered, too: then it
 * says what there is at first. Its promise resolves once everything has been rendered.
 */
export interface FakeRealTime {
  /** Takes the place of `RealTimeProvider`. */
  Provider: (props: { children?: ReactNode }) => ReactNode;
  /** An event of any channel. */
  push: <E extends string>(channel: string, event: E, data: Payload<E, unknown>) => Promise<void>;
  /** A message; what is left out is made up. */
  message: (message: Pick<Message, 'conversationId'> & Partial<Message>) => Promise<void>;
  typing: (conversationId: string, userId: string, isTyping?: boolean) => Promise<void>;
  /** A notification, in the inbox and pushed; what is left out is made up. */
  notify: (notification?: Partial<Notification>) => Promise<void>;
  /** Whether a user is there. */
  user: (userId: string, status: UserStatus, lastSeen?: Date) => Promise<void>;
  /** Members of a presence channel, beside the user. */
  join: (channel: string, ...members: (Pick<Member, 'id'> & Partial<Member>)[]) => Promise<void>;
  leave: (channel: string, ...userIds: string[]) => Promise<void>;
  /** What presence-aggregator has counted on a presence channel. */
  count: (channel: string, count: number) => Promise<void>;
  order: (orderId: string, status: OrderStatus) => Promise<void>;
  announce: (announcement: Partial<Announcement>, kind?: 'announcement' | 'status-update') => Promise<void>;
  connection: (state: ConnectionState) => Promise<void>;
  /** Has a channel, or a path of the gateway such as `/v1/notifications`, refused from now on. */
  refuse: (what: string, status: number, message?: string) => Promise<void>;
  /** No longer; the hooks' `retry` finds out. */
  allow: (what: string) => Promise<void>;
  /** What the hooks have asked the gateway, the earliest first. */
  requests: readonly FakeRequest[];
  /** What `trigger` has sent. */
  triggered: readonly ClientEvent[];
}

export function fakeRealTime({ userId = 'me', ...options }: FakeOptions = {}): FakeRealTime {
  const config: RealTimeConfig = { ...options, pusherKey: 'fake', wsHost: 'fake', userId };
  const gateway = new FakeGateway(config);
  const server = new FakePusher(userId);
  const client = new RealTime(config, gateway, server.connect);
  let time = 0;
  let made = 0;

  /** Later than the one before, so that order is certain. */
  const now = () => new Date((time = Math.max(time + 1, Date.now())));
  const nextId = () => `fake-${String(++made).padStart(4, '0')}`;
  const push = <E extends string>(channel: string, event: E, data: Payload<E, unknown>) =>
    settled(() => server.push(channel, event, data));
  gateway.marked = (event) =>
    server.push(channelNames.user(userId), 'notifications-marked', { userId, markedAt: now(), ...event });
  const membersChanged = (channel: string, event: string) => server.push(channel, event, undefined);

  return {
    Provider: ({ children }) => <Connected client={client}>{children}</Connected>,
    requests: gateway.requests,
    triggered: server.triggered,
    push,
    message: ({ conversationId, ...message }) =>
      push(channelNames.conversation(conversationId), 'new-message', {
        id: nextId(),
        conversationId,
        senderId: 'other',
        content: '',
        createdAt: now(),
        ...message,
      }),
    typing: (conversationId, who, isTyping = true) =>
      push(channelNames.conversation(conversationId), 'typing', { id: nextId(), conversationId, userId: who, isTyping }),
    notify: (given = {}) => {
      const notification: Notification = {
        id: nextId(),
        userId,
        title: '',
        message: '',
        type: 'system',
        metadata: {},
        revision: 1,
        read: false,
        createdAt: now(),
        ...given,
      };
      gateway.inbox = [notification, ...gateway.inbox.filter(({ id }) => id !== notification.id)];
      return push(channelNames.user(userId), 'notification', notification);
    },
    user: (id, status, lastSeen = now()) => {
      const presence = { userId: id, status, lastSeen };
      gateway.users.set(id, presence);
      return push(`private-cache-status-${id}`, 'presence', presence);
    },
    join: (channel, ...members) =>
      settled(() => {
        for (const { id, ...more } of members) server.membersOf(channel).set(id, { ...more, id, name: more.name ?? id });
        membersChanged(channel, 'pusher:member_added');
      }),
    leave: (channel, ...ids) =>
      settled(() => {
        for (const id of ids) server.membersOf(channel).delete(id);
        membersChanged(channel, 'pusher:member_removed');
      }),
    count: (channel, count) => {
      const at = now();
      const counted = { channel, count, windowStart: at, windowEnd: at };
      return push(channel.replace(/^presence-/, 'private-cache-viewers-'), 'presence-count', counted);
    },
    order: (orderId, status) => {
      const previousStatus = gateway.orders.get(orderId)?.status ?? null;
      const update = { orderId, status, previousStatus, updatedAt: now() };
      gateway.orders.set(orderId, update);
      return push(channelNames.order(orderId), 'order-status', update);
    },
    announce: (given, kind = 'announcement') =>
      push(kind === 'announcement' ? channelNames.announcements : channelNames.statusUpdates, kind, {
        id: nextId(),
        title: '',
        message: '',
        createdAt: now(),
        ...given,
      }),
    connection: (state) => settled(() => (server.state = state)),
    refuse: (what, status, message = `HTTP ${status}`) =>
      settled(() => {
        gateway.refusals.set(what, new RealTimeError(message, status));
        server.refusals.set(what, new RealTimeError(message, status));
        server.ask(what);
      }),
    allow: (what) =>
      settled(() => {
        gateway.refusals.delete(what);
        server.refusals.delete(what);
      }),
  };
}

type Act = (run: () => Promise<void>) => PromiseLike<void>;

/** Does it, and waits for all that follows from it. */
async function settled(run: () => void): Promise<void> {
  // React 18.3 and newer have it here, where they are built for development; it would warn outside a test.
  const { act } = React as unknown as { act?: Act };
  const isTest = (globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT === true;
  const all = async () => {
    run();
    // Answers take a few rounds of promises.
    for (let round = 0; round < ROUNDS; round++) await null;
  };
  await (act && isTest ? act(all) : all());
}

const ROUNDS = 100;

export type { ClientEvent, FakeRequest };
