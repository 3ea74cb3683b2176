import { useEffect, useRef, useState } from 'react';
import { Archive } from './Archive';
import type { Destination, Shown } from './destination';
import { InboxList } from './InboxList';
import type { InboxView } from './useInbox';

interface Props {
  id: string;
  name: string;
  inbox: InboxView;
  shown: Shown;
  goTo: (destination: Destination) => void;
}

export function Inbox({ id, name, inbox, shown, goTo }: Props) {
  const { unreadCount, markAllAsRead, archive } = inbox;
  const [isArchive, setArchive] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);

  return (
    <div className="inbox" id={id} ref={panel} role="dialog" aria-label={`Notifications for ${name}`} tabIndex={-1}>
      <header>
        <h3>{isArchive ? 'Archive' : 'Notifications'}</h3>
        <div>
          {!isArchive && (
            <button className="text-button" type="button" disabled={unreadCount === 0} onClick={() => void markAllAsRead()}>
              Mark all read
            </button>
          )}
          <button className="text-button" type="button" onClick={() => setArchive(!isArchive)}>
            {isArchive ? 'Back' : 'Archived'}
          </button>
        </div>
      </header>
      {isArchive ? (
        <Archive shown={shown} goTo={goTo} />
      ) : (
        <InboxList inbox={inbox} shown={shown} goTo={goTo} action="Archive" act={archive} empty="Nothing new yet." />
      )}
    </div>
  );
}
