import type Pusher from 'pusher-js';
import { useMemo } from 'react';
import { connectionOf, type Connection } from '../connection.js';
import { Socket } from '../socket.js';
import type { Retryable } from '../store.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** The state of the provider's one connection. */
export function useConnectionState(): Connection & Retryable {
  const client = useClient('useConnectionState');
  const store = useMemo(() => connectionOf(client), [client]);
  return { ...useStore(store), retry: store.retry };
}

/** The pusher-js client of the connection, for what has no hook; null until it is mounted. */
export function usePusher(): Pusher | null {
  const client = useClient('usePusher');
  useStore(useMemo(() => connectionOf(client), [client]));
  return client.peek(Socket, '')?.pusher ?? null;
}
