import { useEffect, useInsertionEffect, useMemo, useRef } from 'react';
import { notificationsOf, type Notifications, type NotificationsOptions } from '../inbox/notifications.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** The user's inbox, or its archive, the latest first; one entry per id, in sync with the user's other tabs and devices. */
export function useNotifications({ archived, onNotification }: NotificationsOptions = {}): Notifications {
  const client = useClient('useNotifications');
  const store = useMemo(() => notificationsOf(client, archived), [client, archived]);
  const latest = useRef(onNotification);
  useInsertionEffect(() => {
    latest.current = onNotification;
  });
  useEffect(() => store.onNotification((notification) => latest.current?.(notification)), [store]);
  const { markAsRead, markAllAsRead, markAsUnread, markAllAsSeen, archive, unarchive, remove } = store;
  const { loadMore, refetch, retry } = store;
  const marks = { markAsRead, markAllAsRead, markAsUnread, markAllAsSeen, archive, unarchive, remove };
  return { ...useStore(store), ...marks, loadMore, refetch, retry };
}
