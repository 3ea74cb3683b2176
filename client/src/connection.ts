import { Socket } from './socket.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

export type ConnectionState = 'initialized' | 'connecting' | 'connected' | 'unavailable' | 'failed' | 'disconnected';

export interface Connection {
  state: ConnectionState;
  isConnected: boolean;
  /** Not connected yet, or again. */
  isConnecting: boolean;
  isDisconnected: boolean;
  /** This connection's id: what names it as its origin is not pushed back to it. */
  socketId: string | null;
}

/** The state of the provider's one connection. */
export function useConnectionState(): Connection {
  return useShared(useClient('useConnectionState'), Socket, '');
}
