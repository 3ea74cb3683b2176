// All that the hooks show, for pages without React.

import type Pusher from 'pusher-js';
import { announcementsOf, type Announcements } from './announcements.js';
import { channelOf, type Channel } from './channel.js';
import { RealTime } from './client.js';
import type { RealTimeConfig } from './config.js';
import { connectionOf, type Connection } from './connection.js';
import { notificationsOf, type InboxCommands, type NotificationsOptions } from './inbox/notifications.js';
import type { InboxState } from './inbox/inbox.js';
import type { Notification } from './generated/events.js';
import { conversationOf, shown, type Messages, type MessagesOptions } from './messages.js';
import { orderStatusOf, type OrderStatusState } from './order-status.js';
import { presenceOf, type ChannelPresence } from './presence.js';
import { Socket } from './socket.js';
import type { Retryable, Store } from './store.js';
import type { SubscriptionState } from './subscription.js';
import { typingOf, type TypingIndicator, type TypingState } from './typing.js';
import { userPresenceOf, type UserPresenceState } from './user-presence.js';

/** What is known, and kept up to date while somebody subscribes; what else it can do, it does meanwhile. */
export interface Live<S> extends Retryable {
  /** The state now. */
  get: () => S;
  /** Calls `run` with the state now and after each change, until the returned function is called. */
  subscribe: (run: (state: S) => void) => () => void;
}

/** One connection, and what comes over it. The same as the hooks of the same names. */
export interface RealTimeCore {
  connection: () => Live<Connection>;
  channel: (name: string) => Live<SubscriptionState> & Pick<Channel, 'bind' | 'trigger'>;
  presence: (channel: string) => Live<ChannelPresence>;
  userPresence: (userId: string) => Live<UserPresenceState>;
  typing: (conversation: string) => Live<TypingState> & Pick<TypingIndicator, 'sendTyping'>;
  messages: (
    conversation: string,
    options?: MessagesOptions,
  ) => Live<Pick<Messages, 'messages' | 'isLoading' | 'error'>> & Pick<Messages, 'add' | 'refetch'>;
  notifications: (options?: Pick<NotificationsOptions, 'archived'>) => Live<InboxState> &
    InboxCommands & {
      /** Calls `listener` with each notification that arrives unread, until the returned function is called. */
      onNotification: (listener: (notification: Notification) => void) => () => void;
    };
  orderStatus: (orderId: string) => Live<OrderStatusState>;
  announcements: () => Live<Announcements>;
  /** From now on, this is where tokens come from: what was refused for want of one is retried. */
  tokenFrom: (source: NonNullable<RealTimeConfig['token']>) => void;
  /** The pusher-js client of the connection. */
  pusher: Pusher;
  /** Closes the connection, once nobody is subscribed to anything any more. */
  close: () => void;
}

/** Connects at once. */
export function connect(config: RealTimeConfig): RealTimeCore {
  const client = new RealTime(config);
  const close = client.open();
  return {
    connection: () => live(connectionOf(client)),
    channel: (name) => live(channelOf(client, name)),
    presence: (channel) => live(presenceOf(client, channel)),
    userPresence: (userId) => live(userPresenceOf(client, userId)),
    typing: (conversation) => live(typingOf(client, conversation)),
    messages: (conversation, { fetchMissed } = {}) => {
      const store = conversationOf(client, conversation);
      const watch = (onChange: () => void) => {
        const ends = [store.watch(onChange), ...(fetchMissed ? [store.offer(fetchMissed)] : [])];
        return () => ends.forEach((end) => end());
      };
      return live({ ...store, watch, get: () => shown(store.get(), fetchMissed !== undefined) });
    },
    notifications: ({ archived } = {}) => live(notificationsOf(client, archived)),
    orderStatus: (orderId) => live(orderStatusOf(client, orderId)),
    announcements: () => live(announcementsOf(client)),
    tokenFrom: (source) => client.tokenFrom(source),
    pusher: client.peek(Socket, '')!.pusher,
    close,
  };
}

function live<S, T extends Omit<Store<S>, 'initial'>>(store: T & { get: () => S }): T & Live<S> {
  return {
    ...store,
    subscribe(run) {
      const unwatch = store.watch(() => run(store.get()));
      run(store.get());
      return unwatch;
    },
  };
}

export { channelNames } from './channel-names.js';
export { RealTimeError } from './error.js';
export type { Announcements } from './announcements.js';
export type { Bind } from './channel.js';
export type { RealTimeConfig } from './config.js';
export type { Connection, ConnectionState } from './connection.js';
export type { EventMeta } from './subscription.js';
export type { FetchMissed, MessageInput, MessagesOptions } from './messages.js';
export type { ChannelPresence, Member } from './presence.js';
export type { OrderStatusState } from './order-status.js';
export type { UserPresenceState } from './user-presence.js';
export type * from './generated/events.js';
