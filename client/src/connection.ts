import type Pusher from 'pusher-js';
import type { RealTimeError } from './error.js';
import { Socket } from './socket.js';
import { useClient } from './use-client.js';
import { useRetry, useShared, type Retryable } from './use-shared.js';

export type ConnectionState = 'initialized' | 'connecting' | 'connected' | 'unavailable' | 'failed' | 'disconnected';

export interface Connection {
  state: ConnectionState;
  isConnected: boolean;
  /** Connecting or reconnecting. */
  isConnecting: boolean;
  isDisconnected: boolean;
  /** This connection's id: a push that names it as its origin is not sent back to it. */
  socketId: string | null;
  /** Why it is not connected, if that is known; pusher-js tries again by itself. */
  error: RealTimeError | null;
}

/** The state of the provider's one connection. */
export function useConnectionState(): Connection & Retryable {
  const client = useClient('useConnectionState');
  return { ...useShared(client, Socket, ''), ...useRetry(client, Socket, '') };
}

/** The pusher-js client of the connection, for what has no hook; null until it is mounted. */
export function usePusher(): Pusher | null {
  const client = useClient('usePusher');
  useShared(client, Socket, '');
  return client.peek(Socket, '')?.pusher ?? null;
}
