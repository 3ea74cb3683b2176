import type { Notification } from '@threadly/real-time';
import { CoinIcon, ParcelIcon, TalkIcon, ThreadIcon } from '../icons';
import { timeOfDay } from '../time';

const ICONS = { order: ParcelIcon, message: TalkIcon, payment: CoinIcon, system: ThreadIcon };

interface Props {
  notification: Notification;
  read: () => void;
}

/** One notification; choosing it marks it as read. */
export function Note({ notification, read }: Props) {
  const { title, message, type, createdAt } = notification;
  const TypeIcon = ICONS[type];
  return (
    <button className="note" type="button" data-unread={!notification.read} onClick={() => notification.read || read()}>
      <TypeIcon />
      <span className="note-title">
        {!notification.read && <span className="visually-hidden">Unread: </span>}
        {title}
      </span>
      <time dateTime={createdAt.toISOString()}>{timeOfDay(createdAt)}</time>
      <span className="note-text">{message}</span>
    </button>
  );
}
