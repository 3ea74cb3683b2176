// Generated from schemas/src/main/resources/com/threadly/events/pushed-events.schema.json by `npm run contracts`. Change that, not this.

/**
 * Pushed as ISO-8601 in UTC.
 */
export type Time = Date;
export type OrderStatus =
  'PLACED' | 'CONFIRMED' | 'SHIPPED' | 'DELIVERED' | 'COMPLETED' | 'CANCELLED' | 'DISPUTED' | 'REFUNDED';
export type UserStatus = 'online' | 'away' | 'offline';

/**
 * What browsers hear: the payload of each event by its name.
 */
export interface PushedEvents {
  'new-message': Message;
  typing: Typing;
  'conversation-moved': ConversationMoved;
  notification: Notification;
  'notifications-read': NotificationsRead;
  'notifications-marked': NotificationsMarked;
  'order-status': OrderUpdate;
  'presence-count': PresenceCount;
  presence: UserPresence;
  announcement: Announcement;
  'status-update': Announcement;
}
/**
 * A message of a conversation.
 */
export interface Message {
  id: string;
  conversationId: string;
  senderId: string;
  content: string;
  createdAt: Time;
  /**
   * The content was cut to what an event can carry; its owner's API has the whole.
   */
  truncated?: true;
}
/**
 * Somebody began or stopped typing. What comes again under its id is a repeat.
 */
export interface Typing {
  id: string;
  conversationId: string;
  userId: string;
  isTyping: boolean;
}
/**
 * A conversation that somebody has left goes on in another channel.
 */
export interface ConversationMoved {
  conversationId: string;
  channel: string;
}
/**
 * An entry of a user's inbox. A digest of messages comes again under its id with a higher revision.
 */
export interface Notification {
  id: string;
  userId: string;
  title: string;
  message: string;
  type: 'order' | 'message' | 'payment' | 'system';
  metadata: NotificationMetadata;
  /**
   * The number of its events.
   */
  revision: number;
  read: boolean;
  /**
   * It was in the list that the user opened. Absent for not yet.
   */
  seen?: boolean;
  /**
   * The user has archived it. Absent for not.
   */
  archived?: boolean;
  createdAt: Time;
  /**
   * From when on it is worthless: neither show nor count it. Absent for never.
   */
  expiresAt?: Time;
}
/**
 * What a notification is about, to link to it. One that a service has requested has the service's own entries, too.
 */
export interface NotificationMetadata {
  /**
   * Where a requested notification leads.
   */
  link?: string;
  /**
   * The image of a requested notification.
   */
  imageUrl?: string;
  eventId?: string;
  orderId?: string;
  paymentId?: string;
  /**
   * Of the order or the payment.
   */
  status?: string;
  conversationId?: string;
  /**
   * Messages that the digest tells of: the unread ones.
   */
  count?: number;
  [k: string]: any;
}
/**
 * On some device some notifications were read, in these revisions or earlier ones.
 */
export interface NotificationsRead {
  userId: string;
  notificationIds: string[];
  /**
   * Those of notificationIds, in their order; empty for a mark from before revisions.
   */
  revisions: number[];
  /**
   * Only of a mark from before revisions: all up to this time.
   */
  allUpTo: Time | null;
  readAt: Time;
  unreadCount: number;
  /**
   * Of the unread ones, those that were not seen either.
   */
  unseenCount?: number;
  /**
   * The ids were too many and are left out.
   */
  truncated?: true;
}
/**
 * On some device a state of some notifications was set or taken back.
 */
export interface NotificationsMarked {
  userId: string;
  state: 'seen' | 'unread' | 'archived' | 'unarchived' | 'deleted';
  notificationIds: string[];
  /**
   * Those of notificationIds, in their order: later ones are not in the state. 0 where it was taken back.
   */
  revisions: number[];
  markedAt: Time;
  unreadCount: number;
  /**
   * Of the unread ones, those that were not seen either.
   */
  unseenCount: number;
  /**
   * The ids were too many and are left out.
   */
  truncated?: true;
}
/**
 * An order has another status.
 */
export interface OrderUpdate {
  orderId: string;
  status: OrderStatus;
  previousStatus: OrderStatus | null;
  updatedAt: Time;
}
/**
 * How many are on a channel.
 */
export interface PresenceCount {
  channel: string;
  /**
   * Members present.
   */
  count: number;
  windowStart: Time;
  windowEnd: Time;
}
/**
 * Whether a user is here.
 */
export interface UserPresence {
  userId: string;
  status: UserStatus;
  lastSeen: Time;
}
/**
 * What the back office tells everyone.
 */
export interface Announcement {
  id: string;
  title: string;
  message: string;
  createdAt: Time;
  /**
   * The message was cut to what an event can carry.
   */
  truncated?: true;
}
