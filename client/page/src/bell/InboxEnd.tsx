import type { Notifications } from '@threadly/real-time';

/** What comes after the notifications that are there: more of them, nothing, or why not. */
export function InboxEnd({ inbox: { notifications, hasMore, isLoading, loadMore, error } }: { inbox: Notifications }) {
  if (error) {
    return (
      <p className="inbox-note" role="alert">
        The notifications cannot be read just now.{' '}
        <button className="text-button" type="button" onClick={() => void loadMore()}>
          Try again
        </button>
      </p>
    );
  }
  if (notifications.length === 0) {
    return <p className="inbox-note soft">{isLoading ? 'Looking for notifications…' : 'Nothing new yet.'}</p>;
  }
  if (!hasMore) return null;
  return (
    <p className="inbox-end">
      <button className="text-button" type="button" disabled={isLoading} onClick={() => void loadMore()}>
        {isLoading ? 'Loading…' : 'Show earlier ones'}
      </button>
    </p>
  );
}
