import type { Options } from 'pusher-js';

export interface RealTimeConfig {
  pusherKey: string;
  /** Required for Pusher's own servers; may be omitted with `wsHost`. */
  pusherCluster?: string;
  /** As `pusherCluster`, and takes precedence over it. */
  cluster?: string;
  wsHost?: string;
  wsPort?: number;
  wssPort?: number;
  forceTLS?: boolean;
  enabledTransports?: ('ws' | 'wss')[];
  /** Milliseconds of silence after which a ping checks the connection. */
  activityTimeout?: number;
  /** Milliseconds to wait for the answer to a ping. */
  pongTimeout?: number;
  /** Viewers and online status, the user's own included; true by default. */
  enablePresence?: boolean;
  /** Who is typing, the user included; true by default. */
  enableTypingIndicators?: boolean;
  /** Logs events and connection changes with `console.debug`; false by default. */
  enableLogging?: boolean;
  /** As `enableLogging`. */
  logToConsole?: boolean;
  /** The gateway's address; the page's own origin by default. */
  apiBase?: string;
  /** The address that authorizes channels, with a form as pusher-js sends it; the gateway's `/pusher/auth` by default. */
  authEndpoint?: string;
  /** The user's bearer token. A JWT is kept until it expires; any other is asked for per request. */
  token?: () => string | Promise<string>;
  /**
   * An address that answers `{"token": …}` with the user's bearer token to a GET with the page's cookies: instead of
   * `token`, where a configuration may only hold data, as in a server component.
   */
  tokenEndpoint?: string;
  /** Of requests to the gateway and `authEndpoint`, as in `fetch`; for sessions that are cookies. */
  credentials?: RequestCredentials;
  /** Whose token it is; its `sub` by default. Required without a token. */
  userId?: string;
  /** `tweetnacl`, if conversations and notifications are encrypted end to end. */
  nacl?: NonNullable<Options['nacl']>;
}

/** @param conversation the id of a conversation, or the name of its channel */
export function conversationIdOf(conversation: string): string {
  return conversation.replace(/^private-(encrypted-)?conversation-/, '');
}

export function conversationChannel({ nacl }: RealTimeConfig, conversationId: string): string {
  return `${kind(nacl)}-conversation-${conversationId}`;
}

export function userChannel({ nacl }: RealTimeConfig, userId: string): string {
  return `${kind(nacl)}-user-${userId}`;
}

function kind(nacl: RealTimeConfig['nacl']): string {
  return nacl ? 'private-encrypted' : 'private';
}
