import { useMemo } from 'react';
import { presenceOf, type ChannelPresence } from '../presence.js';
import type { Retryable } from '../store.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** Who is on a presence channel; `null` for none. */
export function usePresence(channel: string | null): ChannelPresence & Retryable {
  const client = useClient('usePresence');
  const store = useMemo(() => presenceOf(client, channel), [client, channel]);
  return { ...useStore(store), retry: store.retry };
}
