import type { RealTime } from '../client.js';
import type { Notification } from '../generated/events.js';
import { storeOf, type Retryable, type Store } from '../store.js';
import { Inbox, type InboxState } from './inbox.js';

/** What can be done with an inbox. The promises never reject: a failure is in `error`. */
export interface InboxCommands {
  /** Shown at once, and reverted if it fails. */
  markAsRead: (id: string) => Promise<void>;
  markAllAsRead: () => Promise<void>;
  /** Loads the next page of older ones, if there are more. */
  loadMore: () => Promise<void>;
  /** Asks again for as much as is loaded. */
  refetch: () => Promise<void>;
}

/** What the hook returns. */
export interface Notifications extends InboxState, InboxCommands, Retryable {}

export interface NotificationsOptions {
  /** Called with each notification that arrives unread, for a toast or a sound; with a digest each time that it grows. */
  onNotification?: (notification: Notification) => void;
}

export interface InboxStore extends Store<InboxState>, InboxCommands {
  /** Calls `listener` as `onNotification`, until the returned function is called. */
  onNotification: (listener: (notification: Notification) => void) => () => void;
}

export function notificationsOf(client: RealTime): InboxStore {
  const inbox = () => client.peek(Inbox, '');
  return {
    ...storeOf(client, Inbox, ''),
    markAsRead: async (id) => inbox()?.markAsRead(id),
    markAllAsRead: async () => inbox()?.markAllAsRead(),
    loadMore: async () => inbox()?.loadMore(),
    refetch: async () => inbox()?.refetch(),
    onNotification: (listener) => {
      const { it, release } = client.hold(Inbox, '');
      const off = it.onNotification(listener);
      return () => {
        off();
        release();
      };
    },
  };
}
