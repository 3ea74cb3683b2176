import { useMemo } from 'react';
import type { Retryable } from '../store.js';
import { typingOf, type TypingIndicator } from '../typing.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/**
 * Who is typing in a conversation.
 *
 * @param conversation its id, or the name of its channel; `null` for none
 */
export function useTypingIndicator(conversation: string | null): TypingIndicator & Retryable {
  const client = useClient('useTypingIndicator');
  const store = useMemo(() => typingOf(client, conversation), [client, conversation]);
  return { ...useStore(store), sendTyping: store.sendTyping, retry: store.retry };
}
