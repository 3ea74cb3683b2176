import type { Options } from 'pusher-js';

export interface RealTimeConfig {
  pusherKey: string;
  /** Needed with Pusher's own servers; with `wsHost` it may be left out. */
  pusherCluster?: string;
  wsHost?: string;
  wsPort?: number;
  wssPort?: number;
  forceTLS?: boolean;
  enabledTransports?: ('ws' | 'wss')[];
  /** Milliseconds of silence after which a ping asks whether the connection still holds. */
  activityTimeout?: number;
  /** Milliseconds that the answer to a ping may take. */
  pongTimeout?: number;
  /** Viewers and who is online, oneself included; true unless set. */
  enablePresence?: boolean;
  /** Who is typing, oneself included; true unless set. */
  enableTypingIndicators?: boolean;
  /** Events and changes of the connection on the console, at its debug level; false unless set. */
  enableLogging?: boolean;
  /** Where the gateway is; the page's own origin unless set. */
  apiBase?: string;
  /** Where channels are authorized; `/pusher/auth` of the gateway unless set. */
  authEndpoint?: string;
  /** The user's bearer token. Asked for at each request, so keep it until it expires. Without one, only public channels are heard. */
  token?: () => string | Promise<string>;
  /** Whose token it is; its `sub` unless set. */
  userId?: string;
  /** `tweetnacl`, where conversations are encrypted end to end. */
  nacl?: NonNullable<Options['nacl']>;
}

export function conversationChannel({ nacl }: RealTimeConfig, conversationId: string): string {
  return `${nacl ? 'private-encrypted' : 'private'}-conversation-${conversationId}`;
}
