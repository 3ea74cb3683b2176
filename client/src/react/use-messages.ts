import { useEffect, useMemo, useRef } from 'react';
import { conversationOf, shown, type Messages, type MessagesOptions } from '../messages.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/**
 * The messages of a conversation.
 *
 * @param conversation its id, or the name of its channel; `null` for none
 */
export function useMessages(conversation: string | null, { fetchMissed }: MessagesOptions = {}): Messages {
  const client = useClient('useMessages');
  const store = useMemo(() => conversationOf(client, conversation), [client, conversation]);

  const latest = useRef(fetchMissed);
  useEffect(() => {
    latest.current = fetchMissed;
  });
  const canFetch = fetchMissed !== undefined;
  useEffect(() => {
    if (canFetch) return store.offer(async (...asked) => latest.current?.(...asked) ?? []);
  }, [store, canFetch]);

  const { add, refetch, retry } = store;
  return { ...shown(useStore(store), canFetch && conversation !== null), add, refetch, retry };
}
