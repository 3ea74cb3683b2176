import { useMemo } from 'react';
import { useClient } from '../use-client.js';
import { useShared } from '../use-shared.js';
import { Inbox, type InboxState } from './inbox.js';

/** What the hook gives. None of its promises rejects: what went wrong is in `error`. */
export interface Notifications extends InboxState {
  /** Shown at once, and taken back if it fails. */
  markAsRead: (id: string) => Promise<void>;
  markAllAsRead: () => Promise<void>;
  /** The next page of older ones, while there is more. */
  loadMore: () => Promise<void>;
}

/** The user's inbox, the latest first; one entry an id, in step with the user's other tabs and devices. */
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
