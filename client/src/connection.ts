import type { RealTime } from './client.js';
import type { RealTimeError } from './error.js';
import { Socket } from './socket.js';
import { storeOf, type Store } from './store.js';

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

export const connectionOf = (client: RealTime): Store<Connection> => storeOf(client, Socket, '');
