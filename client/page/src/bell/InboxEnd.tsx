import { Notice } from '../common/Notice';
import type { View } from '../common/view';
import type { InboxView } from './useInbox';

const WORDS: Record<Exclude<View, 'ready' | 'empty'>, string> = {
  loading: 'Looking for notifications…',
  failed: 'The notifications cannot be loaded just now.',
  offline: 'You are offline. Notifications show once you are back.',
};

/** What comes after the notifications that are there: more of them, nothing, or why not. */
export function InboxEnd({ inbox, empty }: { inbox: InboxView; empty: string }) {
  const { view, error, hasMore, isLoading, loadMore, retry } = inbox;
  if (view !== 'ready') {
    return (
      <Notice view={view} retry={view === 'failed' ? retry : undefined}>
        {view === 'empty' ? empty : WORDS[view]}
      </Notice>
    );
  }
  if (error) {
    return (
      <Notice view="failed" retry={retry}>
        Some of this may be out of date.
      </Notice>
    );
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
