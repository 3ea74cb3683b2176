import { useEffect, useInsertionEffect, useMemo, useRef } from 'react';
import type { Notification } from '../generated/events.js';
import { useClient } from '../use-client.js';
import { useRetry, useShared, type Retryable } from '../use-shared.js';
import { Inbox, type InboxState } from './inbox.js';

/** What the hook returns. Its promises never reject: a failure is in `error`. */
export interface Notifications extends InboxState, Retryable {
  /** Shown at once, and reverted if it fails. */
  markAsRead: (id: string) => Promise<void>;
  markAllAsRead: () => Promise<void>;
  /** Loads the next page of older ones, if there are more. */
  loadMore: () => Promise<void>;
  /** Asks again for as much as is loaded. */
  refetch: () => Promise<void>;
}

export interface NotificationsOptions {
  /** Called with each notification that arrives unread, for a toast or a sound; with a digest each time that it grows. */
  onNotification?: (notification: Notification) => void;
}

/** The user's inbox, the latest first; one entry per id, in sync with the user's other tabs and devices. */
export function useNotifications({ onNotification }: NotificationsOptions = {}): Notifications {
  const client = useClient('useNotifications');
  const state = useShared(client, Inbox, '');
  const commands = useMemo(() => {
    const inbox = () => client.peek(Inbox, '');
    return {
      markAsRead: async (id: string) => inbox()?.markAsRead(id),
      markAllAsRead: async () => inbox()?.markAllAsRead(),
      loadMore: async () => inbox()?.loadMore(),
      refetch: async () => inbox()?.refetch(),
    };
  }, [client]);
  const latest = useRef(onNotification);
  useInsertionEffect(() => {
    latest.current = onNotification;
  });
  useEffect(() => {
    const { it, release } = client.hold(Inbox, '');
    const off = it.onNotification((notification) => latest.current?.(notification));
    return () => {
      off();
      release();
    };
  }, [client]);
  return { ...state, ...commands, ...useRetry(client, Inbox, '') };
}
