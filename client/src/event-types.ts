import type { Message, Notification, Typing, UserPresence } from './generated/events.js';

// One type per kind of event, for code that keeps events of several kinds together. What it makes itself may leave out
// what only the server adds.

export type MessageEvent = { type: 'message'; data: Message };

export type TypingEvent = { type: 'typing'; data: Lax<Typing, 'id'> };

export type NotificationEvent = {
  type: 'notification';
  data: Omit<Lax<Notification, 'revision'>, 'metadata'> & { metadata?: Record<string, any> };
};

export type PresenceEvent = { type: 'presence'; data: Lax<UserPresence, 'lastSeen'> };

type Lax<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;
