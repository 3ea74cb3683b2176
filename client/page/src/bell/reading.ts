import type { Notification } from '@threadly/real-time';

interface Left {
  notifications: Notification[];
  unreadCount: number;
  /** What is read by being told in the conversation itself. */
  readHere: Notification[];
}

/** The inbox as it is for somebody who is reading `conversationId`; null for none. */
export function withoutReadOnes(
  notifications: Notification[],
  unreadCount: number,
  conversationId: string | null,
): Left {
  const isReadHere = ({ read, type, metadata }: Notification) =>
    !read && type === 'message' && conversationId !== null && metadata.conversationId === conversationId;
  const readHere = notifications.filter(isReadHere);
  if (readHere.length === 0) return { notifications, unreadCount, readHere };
  return {
    notifications: notifications.map((one) => (isReadHere(one) ? { ...one, read: true } : one)),
    unreadCount: Math.max(0, unreadCount - readHere.length),
    readHere,
  };
}
