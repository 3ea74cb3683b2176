import { type Notifications, useChannel, useConnectionState, useNotifications } from '@threadly/real-time';
import { useEffect, useRef, useState } from 'react';
import { useOnline } from '../common/useOnline';
import { type View, viewOf } from '../common/view';
import { withoutReadOnes } from './reading';

export interface InboxView extends Notifications {
  view: View;
}

/**
 * The inbox of a person who is reading the conversation `reading`, if any: what tells of that one is read as it comes,
 * and never counts.
 */
export function useInbox(userId: string, reading: string | null): InboxView {
  const inbox = useNotifications();
  const { isConnected } = useConnectionState();
  const { error: refusal } = useChannel(`private-user-${userId}`);
  const isOnline = useOnline();
  const { notifications, unreadCount, error, markAsRead } = inbox;

  const left = withoutReadOnes(notifications, unreadCount, reading);
  const marked = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, revision } of left.readHere) {
      const mark = `${id}@${revision}`;
      if (marked.current.has(mark)) continue;
      marked.current.add(mark);
      void markAsRead(id);
    }
  });

  // The hook begins to load at once, and keeps an error until something succeeds.
  const known = !inbox.isLoading && error === null;
  const [wasKnown, setWasKnown] = useState(false);
  if (known && !wasKnown) setWasKnown(true);
  const view = viewOf({
    known: known || wasKnown || notifications.length > 0,
    empty: notifications.length === 0,
    failed: error !== null || refusal !== null,
    offline: !isOnline || (!isConnected && error !== null && error.status === undefined),
  });
  return { ...inbox, notifications: left.notifications, unreadCount: left.unreadCount, view };
}
