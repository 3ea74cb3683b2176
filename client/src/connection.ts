import { Socket } from './socket.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

export type ConnectionState = 'initialized' | 'connecting' | 'connected' | 'unavailable' | 'failed' | 'disconnected';

export interface Connection {
  state: ConnectionState;
  isConnected: boolean;
  /** Connecting or reconnecting. */
  isConnecting: boolean;
  isDisconnected: boolean;
  /** This connection's id: a push that names it as its origin is not sent back to it. */
  socketId: string | null;
}

/** The state of the provider's one connection. */
export function useConnectionState(): Connection {
  return useShared(useClient('useConnectionState'), Socket, '');
}
