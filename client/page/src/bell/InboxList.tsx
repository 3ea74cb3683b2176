import { harmless } from '../text/harmless';
import { type Destination, destinationOf, type Shown } from './destination';
import { InboxEnd } from './InboxEnd';
import { Note } from './Note';
import type { InboxView } from './useInbox';

interface Props {
  inbox: InboxView;
  shown: Shown;
  goTo: (destination: Destination) => void;
  /** What can be done with a notification, beside reading it. */
  action: string;
  act: (id: string) => Promise<void>;
  empty: string;
}

/** Notifications, the latest first, and what comes after them. */
export function InboxList({ inbox, shown, goTo, action, act, empty }: Props) {
  return (
    <div className="inbox-list">
      <ul>
        {inbox.notifications.map((notification) => (
          <li key={notification.id}>
            <Note
              notification={notification}
              destination={destinationOf(notification, shown)}
              read={() => void inbox.markAsRead(notification.id)}
              goTo={goTo}
            />
            <button
              className="text-button"
              type="button"
              aria-label={`${action}: ${harmless(notification.title)}`}
              onClick={() => void act(notification.id)}
            >
              {action}
            </button>
          </li>
        ))}
      </ul>
      <InboxEnd inbox={inbox} empty={empty} />
    </div>
  );
}
