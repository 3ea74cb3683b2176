import { useMemo } from 'react';
import { useClient } from '../use-client.js';
import { useShared } from '../use-shared.js';
import { Inbox, type InboxState } from './inbox.js';

/** What the hook returns. Its promises never reject: a failure is in `error`. */
export interface Notifications extends InboxState {
  /** Shown at once, and reverted if it fails. */
  markAsRead: (id: string) => Promise<void>;
  markAllAsRead: () => Promise<void>;
  /** Loads the next page of older ones, if there are more. */
  loadMore: () => Promise<void>;
}

/** The user's inbox, the latest first; one entry per id, in sync with the user's other tabs and devices. */
export function useNotifications(): Notifications {
  const client = useClient('useNotifications');
  const state = useShared(client, Inbox, '');
  const commands = useMemo(() => {
    const inbox = () => client.peek(Inbox, '');
    return {
      markAsRead: async (id: string) => inbox()?.markAsRead(id),
      markAllAsRead: async () => inbox()?.markAllAsRead(),
      loadMore: async () => inbox()?.loadMore(),
    };
  }, [client]);
  return { ...state, ...commands };
}
