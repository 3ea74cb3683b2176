// The public face of the package.

import type { ReactNode } from 'react';
import type { Message, Notification, PushedEvents, UserStatus } from './generated/events';

export type * from './generated/events';

export interface RealTimeConfig {
  pusherKey: string;
  /** Needed with Pusher's own servers; with `wsHost` it may be left out. */
  pusherCluster?: string;
  wsHost?: string;
  wsPort?: number;
  wssPort?: number;
  forceTLS?: boolean;
  enabledTransports?: ('ws' | 'wss')[];
  /** Milliseconds of silence after which the connection is tried with a ping. */
  activityTimeout?: number;
  /** Milliseconds that the answer to a ping may take. */
  pongTimeout?: number;
  /** Viewers and who is online; true unless set. */
  enablePresence?: boolean;
  /** Who is typing; true unless set. */
  enableTypingIndicators?: boolean;
  /** Events and changes of the connection on the console's debug level. */
  enableLogging?: boolean;
  /** Address of the gateway, '' for the page's own origin, which is also what it is unless set. */
  apiBase?: string;
  /** Where channels are authorized; `${apiBase}/pusher/auth` unless set. */
  authEndpoint?: string;
  /** The user's bearer token, asked for at each request, so that it may be renewed. Without it only public channels can be heard. */
  token?: () => string | Promise<string>;
  /** Whose token it is; the token's `sub` unless set. */
  userId?: string;
}

export interface RealTimeProviderProps {
  config: RealTimeConfig;
  children?: ReactNode;
}

export declare function RealTimeProvider(props: RealTimeProviderProps): ReactNode;

/** What an endpoint or Pusher refused; `status` is HTTP's where there is one. */
export declare class RealTimeError extends Error {
  readonly status?: number;
}

export interface ChannelHandle {
  isSubscribed: boolean;
  error: RealTimeError | null;
  /** Calls `handler` with each payload until the returned function is called, or the component is gone. The same function from render to render. */
  bind<E extends keyof PushedEvents>(event: E, handler: (data: PushedEvents[E]) => void): () => void;
  bind<T = unknown>(event: string, handler: (data: T) => void): () => void;
  /** Sends a client event (`client-…`) to the others on the channel; false when it could not be sent. */
  trigger(event: string, data: unknown): boolean;
}

/** `null` subscribes to nothing, here and in the other hooks: for what is not known yet. */
export declare function useChannel(name: string | null): ChannelHandle;

export interface Member<I = Record<string, string>> {
  id: string;
  info: I;
}

export interface ChannelPresence {
  /** By user id; the value is what the token shows of a user, such as the name. */
  members: ReadonlyMap<string, Record<string, string>>;
  count: number;
  me: Member | null;
}

export declare function usePresence(channel: string | null): ChannelPresence;

export interface TypingIndicator {
  /** Ids of the others who are typing. */
  typingUsers: readonly string[];
  /** To be called at each keystroke: it tells at most every two seconds, and by itself that the typing has stopped. */
  sendTyping(isTyping: boolean): void;
}

export declare function useTypingIndicator(conversationId: string | null): TypingIndicator;

export interface Inbox {
  /** The latest first, one entry an id. */
  notifications: readonly Notification[];
  unreadCount: number;
  /** Shown as read at once, and as unread again if that fails; the promise rejects then, too. */
  markAsRead(id: string): Promise<void>;
  markAllAsRead(): Promise<void>;
  loadMore(): Promise<void>;
  hasMore: boolean;
  isLoading: boolean;
  error: RealTimeError | null;
}

export declare function useNotifications(): Inbox;

export type ConnectionState = 'initialized' | 'connecting' | 'connected' | 'unavailable' | 'failed' | 'disconnected';

export interface Connection {
  state: ConnectionState;
  isConnected: boolean;
  isConnecting: boolean;
  isDisconnected: boolean;
  /** Of this connection: a message sent with it as its origin is not pushed back here. */
  socketId: string | null;
}

export declare function useConnectionState(): Connection;

export interface MessagesOptions {
  /**
   * Asks the service that owns the messages for those after `since`, the latest that was heard before the gap; `null`
   * before any was heard. Called at the first subscription and after each reconnect.
   */
  fetchMissed?: (conversationId: string, since: Message | null, signal: AbortSignal) => Promise<readonly Message[]>;
}

export interface Conversation {
  /** By time, then by id; one entry an id. `truncated` on those that were cut for the push. */
  messages: readonly Message[];
  /** Adds what was sent or read elsewhere, such as one's own message. */
  add(...messages: Message[]): void;
  isLoading: boolean;
  error: Error | null;
}

export declare function useMessages(conversationId: string | null, options?: MessagesOptions): Conversation;

export interface UserPresenceState {
  /** `null` until it is known. */
  status: UserStatus | null;
  lastSeen: Date | null;
}

export declare function useUserPresence(userId: string | null): UserPresenceState;
