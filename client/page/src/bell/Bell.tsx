import { useId, useRef } from 'react';
import { harmless } from '../text/harmless';
import { BellIcon } from '../icons';
import { useUnread } from '../unread/unread';
import type { Destination, Shown } from './destination';
import './bell.css';
import { Inbox } from './Inbox';
import { useDismissal } from './useDismissal';
import { useInbox } from './useInbox';

const MOST_SHOWN = 99;

interface Props {
  userId: string;
  name: string;
  shown: Shown;
  /** The conversation that this person is reading. */
  reading: string | null;
  open: boolean;
  setOpen: (open: boolean) => void;
  goTo: (destination: Destination) => void;
}

/** The bell, its count, and the inbox under it. */
export function Bell({ userId, name, shown, reading, open, setOpen, goTo }: Props) {
  const inbox = useInbox(userId, reading);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const { unreadCount, unseenCount, markAllAsSeen, view } = inbox;
  const isUnknown = view === 'failed' || view === 'offline';
  useUnread(userId, unreadCount);

  /** What came while it was open is seen, too. */
  function turn(next: boolean) {
    void markAllAsSeen();
    setOpen(next);
  }

  useDismissal(root, open, (how) => {
    turn(false);
    if (how === 'escape') button.current?.focus();
  });

  return (
    <div className="bell" ref={root}>
      <button
        ref={button}
        className="icon-button"
        type="button"
        aria-label={labelOf(unreadCount, isUnknown)}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => turn(!open)}
      >
        <BellIcon />
        {unseenCount > 0 && (
          <span className="badge" aria-hidden="true">
            {unseenCount > MOST_SHOWN ? `${MOST_SHOWN}+` : unseenCount}
          </span>
        )}
        {unreadCount === 0 && isUnknown && (
          <span className="badge" data-unknown="true" aria-hidden="true">
            ?
          </span>
        )}
      </button>
      {open && (
        <Inbox
          id={id}
          name={harmless(name)}
          inbox={inbox}
          shown={shown}
          goTo={(destination) => {
            turn(false);
            goTo(destination);
          }}
        />
      )}
    </div>
  );
}

function labelOf(unreadCount: number, isUnknown: boolean): string {
  if (unreadCount > 0) return `Notifications, ${unreadCount} unread`;
  return isUnknown ? 'Notifications, not loaded' : 'Notifications';
}
