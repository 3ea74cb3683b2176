import type { RealTime } from '../client.js';
import type { Notification } from '../generated/events.js';
import { storeOf, type Retryable, type Store } from '../store.js';
import { ARCHIVE, Inbox, type InboxState } from './inbox.js';
import type { About } from './marks.js';

/** What can be done with an inbox. The promises never reject: a failure is in `error`. */
export interface InboxCommands {
  /** One, or all about a conversation or an order. Shown at once, and reverted if it fails; so are the others. */
  markAsRead: (what: string | About) => Promise<void>;
  markAllAsRead: () => Promise<void>;
  /** All of it again, as a digest of messages has more than one. */
  markAsUnread: (id: string) => Promise<void>;
  /** When the list is opened: `unseenCount` is 0 until something comes. */
  markAllAsSeen: () => Promise<void>;
  /** Out of the list, into that of `archived`. Another message brings a digest back. */
  archive: (id: string) => Promise<void>;
  /** Back from the archive. */
  unarchive: (id: string) => Promise<void>;
  /** For good, from the archive, too. Another message brings a digest back, with what is new. */
  remove: (id: string) => Promise<void>;
  /** Loads the next page of older ones, if there are more. */
  loadMore: () => Promise<void>;
  /** Asks again for as much as is loaded. */
  refetch: () => Promise<void>;
}

/** What the hook returns. */
export interface Notifications extends InboxState, InboxCommands, Retryable {}

export interface NotificationsOptions {
  /** What the user has archived, instead of the inbox; the counts are those of the inbox. */
  archived?: boolean;
  /** Called with each notification that arrives unread, for a toast or a sound; with a digest each time that it grows. */
  onNotification?: (notification: Notification) => void;
}

export interface InboxStore extends Store<InboxState>, InboxCommands {
  /** Calls `listener` as `onNotification`, until the returned function is called. */
  onNotification: (listener: (notification: Notification) => void) => () => void;
}

export function notificationsOf(client: RealTime, archived = false): InboxStore {
  const key = archived ? ARCHIVE : '';
  const inbox = () => client.peek(Inbox, key);
  return {
    ...storeOf(client, Inbox, key),
    markAsRead: async (what) => inbox()?.markAsRead(what),
    markAllAsRead: async () => inbox()?.markAllAsRead(),
    markAsUnread: async (id) => inbox()?.markAsUnread(id),
    markAllAsSeen: async () => inbox()?.markAllAsSeen(),
    archive: async (id) => inbox()?.archive(id),
    unarchive: async (id) => inbox()?.unarchive(id),
    remove: async (id) => inbox()?.remove(id),
    loadMore: async () => inbox()?.loadMore(),
    refetch: async () => inbox()?.refetch(),
    onNotification: (listener) => {
      const { it, release } = client.hold(Inbox, key);
      const off = it.onNotification(listener);
      return () => {
        off();
        release();
      };
    },
  };
}
