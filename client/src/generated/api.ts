// Generated from gateway/src/main/resources/com/threadly/gateway/openapi.json by `npm run contracts`. Change that, not this.

/**
 * What is sent to the gateway, and what it answers.
 */
export interface Api {
  Problem: Problem;
  SocketRequest: SocketRequest;
  ChannelRequest: ChannelRequest;
  ChannelAuthorization: ChannelAuthorization;
  BatchAuthorization: BatchAuthorization;
  UserAuthentication: UserAuthentication;
  Webhook: Webhook;
  NotificationType: 'order' | 'message' | 'payment' | 'system';
  Notification: Notification;
  NotificationPage: NotificationPage;
  UnreadCount: UnreadCount;
  ShownRevision: ShownRevision;
  ShownNotification: ShownNotification;
  Marks:
    | {
        /**
         * @minItems 1
         * @maxItems 100
         */
        notifications: ShownNotification[];
      }
    | {
        /**
         * As the inbox has them now.
         *
         * @minItems 1
         * @maxItems 100
         */
        ids: string[];
      }
    | {
        /**
         * What the inbox has now about this conversation.
         */
        conversationId: string;
      }
    | {
        /**
         * What the inbox has now about this order, or its payments.
         */
        orderId: string;
      }
    | {
        /**
         * All that the request changes in the inbox now.
         */
        all: true;
      }
    | {
        /**
         * As all, without those whose latest event is after this time.
         */
        allUpTo: string;
      };
  Typing: Typing;
  Heartbeat: Heartbeat;
  ChannelPresence: ChannelPresence;
  UserPresence: UserPresence;
  OrderStatus: 'PLACED' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'COMPLETED' | 'CANCELLED' | 'DISPUTED' | 'REFUNDED';
  OrderUpdate: OrderUpdate;
  Settings: Settings;
  SettingsChange: SettingsChange;
}
/**
 * RFC 9457.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
}
export interface SocketRequest {
  socket_id: string;
}
export interface ChannelRequest {
  socket_id: string;
  channel_name: string | string[];
}
export interface ChannelAuthorization {
  auth: string;
  /**
   * Of presence channels: the member, as JSON in a string.
   */
  channel_data?: string;
  /**
   * Of encrypted channels.
   */
  shared_secret?: string;
  /**
   * Of a conversation that somebody has left: the channel in which it goes on.
   */
  moved_to?: string;
}
/**
 * By channel.
 */
export interface BatchAuthorization {
  [k: string]: {
    status: number;
    data?: ChannelAuthorization;
    /**
     * Why there is no data.
     */
    detail?: string;
  };
}
export interface UserAuthentication {
  auth: string;
  /**
   * The user, as JSON in a string.
   */
  user_data: string;
}
export interface Webhook {
  time_ms: number;
  events: {
    name?: string;
    channel?: string;
    user_id?: string;
    event?: string;
    data?: unknown;
  }[];
}
export interface Notification {
  id: string;
  userId: string;
  title: string;
  message: string;
  type: 'order' | 'message' | 'payment' | 'system';
  metadata: {
    [k: string]: string | number;
  };
  /**
   * The number of its events; it grows with each message of a digest.
   */
  revision: number;
  read: boolean;
  /**
   * It was in the list that the user opened; absent for not yet.
   */
  seen?: boolean;
  /**
   * The user has archived it; absent for not.
   */
  archived?: boolean;
  createdAt: string;
  /**
   * From when on it is worthless, and not listed any more; absent for never.
   */
  expiresAt?: string;
}
export interface NotificationPage {
  notifications: Notification[];
  /**
   * The cursor of the next page; null at the end.
   */
  next: string | null;
}
export interface UnreadCount {
  unread: number;
  /**
   * Of the unread ones, those that were not seen either: what a badge shows.
   */
  unseen: number;
}
export interface ShownRevision {
  /**
   * The revision that was shown: what comes later is not marked. Counts for nothing where a state is taken back.
   */
  revision?: number;
}
export interface ShownNotification {
  id: string;
  /**
   * The revision that was shown: what comes later is not marked. Counts for nothing where a state is taken back.
   */
  revision: number;
}
export interface Typing {
  isTyping: boolean;
}
export interface Heartbeat {
  /**
   * @minItems 1
   * @maxItems 20
   */
  channels: string[];
  change: 'SEEN' | 'AWAY';
}
export interface ChannelPresence {
  channel: string;
  /**
   * Members now.
   */
  count: number;
  /**
   * Within the window.
   */
  distinctUsers: number;
  windowStart: string;
  windowEnd: string;
  /**
   * Their ids, for one of them.
   */
  members?: string[];
  /**
   * There are more members.
   */
  truncated?: boolean;
}
export interface UserPresence {
  userId: string;
  status: 'online' | 'away' | 'offline';
  lastSeen: string;
}
export interface OrderUpdate {
  orderId: string;
  status: 'PLACED' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'COMPLETED' | 'CANCELLED' | 'DISPUTED' | 'REFUNDED';
  previousStatus:
    ('PLACED' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'COMPLETED' | 'CANCELLED' | 'DISPUTED' | 'REFUNDED') | null;
  updatedAt: string;
}
export interface Settings {
  /**
   * Whether others see the caller as offline, and on presence channels as a pseudonym.
   */
  appearOffline: boolean;
}
export interface SettingsChange {
  /**
   * Whether others see the caller as offline, and on presence channels as a pseudonym.
   */
  appearOffline?: boolean;
}
