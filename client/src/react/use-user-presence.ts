import { useMemo } from 'react';
import type { Retryable } from '../store.js';
import { userPresenceOf, type UserPresenceState } from '../user-presence.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** Whether a user is online; `null` for no user. */
export function useUserPresence(userId: string | null): UserPresenceState & Retryable {
  const client = useClient('useUserPresence');
  const store = useMemo(() => userPresenceOf(client, userId), [client, userId]);
  return { ...useStore(store), retry: store.retry };
}
