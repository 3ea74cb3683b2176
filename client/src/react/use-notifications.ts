import { useEffect, useInsertionEffect, useMemo, useRef } from 'react';
import { notificationsOf, type Notifications, type NotificationsOptions } from '../inbox/notifications.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** The user's inbox, the latest first; one entry per id, in sync with the user's other tabs and devices. */
export function useNotifications({ onNotification }: NotificationsOptions = {}): Notifications {
  const client = useClient('useNotifications');
  const store = useMemo(() => notificationsOf(client), [client]);
  const latest = useRef(onNotification);
  useInsertionEffect(() => {
    latest.current = onNotification;
  });
  useEffect(() => store.onNotification((notification) => latest.current?.(notification)), [store]);
  const { markAsRead, markAllAsRead, loadMore, refetch, retry } = store;
  return { ...useStore(store), markAsRead, markAllAsRead, loadMore, refetch, retry };
}
