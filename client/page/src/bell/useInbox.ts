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
  const { error: refusal } = useChannel(`private-user-${userId}`);
  const { notifications, unreadCount, unseenCount, hasMore, markAsRead } = inbox;
  const view = useInboxView(inbox, refusal !== null);

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
  // Of those, some may not be loaded.
  const isReadingMore = reading !== null && hasMore && unreadCount > 0;
  useEffect(() => {
    if (isReadingMore) void markAsRead({ conversationId: reading });
  }, [isReadingMore, reading, markAsRead]);

  const unseenHere = left.readHere.filter(({ seen }) => !seen).length;
  return {
    ...inbox,
    notifications: left.notifications,
    unreadCount: left.unreadCount,
    unseenCount: Math.max(0, unseenCount - unseenHere),
    view,
  };
}

/** What to show of the inbox, or of its archive; `isRefused` if its channel is. */
export function useInboxView(inbox: Notifications, isRefused: boolean): View {
  const { notifications, error } = inbox;
  const { isConnected } = useConnectionState();
  const isOnline = useOnline();

  // The hook begins to load at once, and keeps an error until something succeeds.
  const known = !inbox.isLoading && error === null;
  const [wasKnown, setWasKnown] = useState(false);
  if (known && !wasKnown) setWasKnown(true);
  return viewOf({
    known: known || wasKnown || notifications.length > 0,
    empty: notifications.length === 0,
    failed: error !== null || isRefused,
    offline: !isOnline || (!isConnected && error !== null && error.status === undefined),
  });
}
