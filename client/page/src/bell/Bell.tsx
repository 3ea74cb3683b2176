import { useNotifications } from '@threadly/real-time';
import { useId, useRef, useState } from 'react';
import { BellIcon } from '../icons';
import './bell.css';
import { Inbox } from './Inbox';
import { useDismissal } from './useDismissal';

const MOST_SHOWN = 99;

/** The bell, its count, and the inbox under it. */
export function Bell({ name }: { name: string }) {
  const inbox = useNotifications();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const { unreadCount } = inbox;

  useDismissal(root, open, (how) => {
    setOpen(false);
    if (how === 'escape') button.current?.focus();
  });

  return (
    <div className="bell" ref={root}>
      <button
        ref={button}
        className="icon-button"
        type="button"
        aria-label={unreadCount === 0 ? 'Notifications' : `Notifications, ${unreadCount} unread`}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <BellIcon />
        {unreadCount > 0 && (
          <span className="badge" aria-hidden="true">
            {unreadCount > MOST_SHOWN ? `${MOST_SHOWN}+` : unreadCount}
          </span>
        )}
      </button>
      {open && <Inbox id={id} name={name} inbox={inbox} />}
    </div>
  );
}
