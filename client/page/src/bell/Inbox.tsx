import { useEffect, useRef } from 'react';
import { type Destination, destinationOf, type Shown } from './destination';
import { InboxEnd } from './InboxEnd';
import { Note } from './Note';
import type { InboxView } from './useInbox';

interface Props {
  id: string;
  name: string;
  inbox: InboxView;
  shown: Shown;
  goTo: (destination: Destination) => void;
}

export function Inbox({ id, name, inbox, shown, goTo }: Props) {
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
              <Note
                notification={notification}
                destination={destinationOf(notification, shown)}
                read={() => void markAsRead(notification.id)}
                goTo={goTo}
              />
            </li>
          ))}
        </ul>
        <InboxEnd inbox={inbox} />
      </div>
    </div>
  );
}
