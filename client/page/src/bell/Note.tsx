import type { Notification } from '@threadly/real-time';
import { Time } from '../common/Time';
import { CoinIcon, GoIcon, ParcelIcon, TalkIcon, ThreadIcon } from '../icons';
import { harmless } from '../text/harmless';
import type { Destination } from './destination';

const LEADS_TO: Record<Destination, string> = { conversation: 'Go to the conversation', order: 'Go to the order' };

interface Props {
  notification: Notification;
  destination: Destination | null;
  read: () => void;
  goTo: (destination: Destination) => void;
}

/** One notification; choosing it marks it as read, and leads to what it tells of if that is on the page. */
export function Note({ notification, destination, read, goTo }: Props) {
  const { title, message, type, createdAt } = notification;

  function choose() {
    if (!notification.read) read();
    if (destination) goTo(destination);
  }

  return (
    <button className="note" type="button" data-unread={!notification.read} onClick={choose}>
      <TypeIcon type={type} />
      <span className="note-title" dir="auto">
        {!notification.read && <span className="visually-hidden">Unread: </span>}
        {harmless(title)}
      </span>
      <Time at={createdAt} />
      <span className="note-text" dir="auto">
        {harmless(message)}
      </span>
      {destination && (
        <span className="note-go">
          {LEADS_TO[destination]}
          <GoIcon />
        </span>
      )}
    </button>
  );
}

function TypeIcon({ type }: Pick<Notification, 'type'>) {
  switch (type) {
    case 'order':
      return <ParcelIcon />;
    case 'message':
      return <TalkIcon />;
    case 'payment':
      return <CoinIcon />;
    default:
      return <ThreadIcon />;
  }
}
