import { useMemo } from 'react';
import { announcementsOf, type Announcements } from '../announcements.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** What the back office announces to everyone, guests included. */
export function useAnnouncements(): Announcements {
  const client = useClient('useAnnouncements');
  return useStore(useMemo(() => announcementsOf(client), [client]));
}
