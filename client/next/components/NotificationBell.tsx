'use client';

import { useNotifications, type NotificationEvent } from '@threadly/real-time/client';
import { useState } from 'react';

type Entry = NotificationEvent['data'];

export function NotificationBell() {
  const { notifications, unreadCount, markAsRead, markAllAsRead, isLoading } = useNotifications();
  const [isOpen, setOpen] = useState(false);
  return (
    <section aria-label="Notifications" aria-busy={isLoading}>
      <button onClick={() => setOpen(!isOpen)}>Bell ({unreadCount > 99 ? '99+' : unreadCount})</button>
      {isOpen && unreadCount > 0 && <button onClick={markAllAsRead}>Read all</button>}
      {isOpen && notifications.length === 0 && <p>Nothing yet</p>}
      {isOpen &&
        notifications.map((notification) => (
          <Row key={notification.id} notification={notification} onMarkRead={() => markAsRead(notification.id)} />
        ))}
    </section>
  );
}

function Row({ notification, onMarkRead }: { notification: Entry; onMarkRead: () => void }) {
  const { title, message, createdAt, metadata } = notification;
  const target: string | undefined = metadata?.conversationId ?? metadata?.anythingElse;
  return (
    <article data-read={notification.read} data-target={target} onClick={onMarkRead}>
      <b>{title}</b> {message} <time>{createdAt.getFullYear()}</time>
    </article>
  );
}
