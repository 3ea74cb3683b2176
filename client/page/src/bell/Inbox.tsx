import type { Notifications } from '@threadly/real-time';
import { useEffect, useRef } from 'react';
import { InboxEnd } from './InboxEnd';
import { Note } from './Note';

interface Props {
  id: string;
  name: string;
  inbox: Notifications;
}

export function Inbox({ id, name, inbox }: Props) {
  const { notifications, unreadCount, markAsRead, markAllAsRead } = inbox;
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);

  return (
    <div className="inbox" id={id} ref={panel} role="dialog" aria-label={`Notifications for ${name}`} tabIndex={-1}>
      <header>
        <h3>Notifications</h3>
        <button className="text-button" type="button" disabled={unreadCount === 0} onClick={() => void markAllAsRead()}>
          Mark all read
        </button>
      </header>
      <div className="inbox-list">
        <ul>
          {notifications.map((notification) => (
            <li key={notification.id}>
              <Note notification={notification} read={() => void markAsRead(notification.id)} />
            </li>
          ))}
        </ul>
        <InboxEnd inbox={inbox} />
      </div>
    </div>
  );
}
