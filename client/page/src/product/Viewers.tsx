import { useChannel, usePresence } from '@threadly/real-time';
import { useOnline } from '../common/useOnline';
import { type View, viewOf } from '../common/view';

/** "12 people viewing". No live region: it changes as often as people come and go. */
export function Viewers({ channel }: { channel: string }) {
  const { count } = usePresence(channel);
  // The count comes over a channel of its own, which any number may join.
  const sources = [useChannel(channel), useChannel(channel.replace(/^presence-/, 'private-cache-viewers-'))];
  const isOnline = useOnline();
  const isHeard = sources.some(({ isSubscribed }) => isSubscribed);
  const view = viewOf({
    known: isHeard && isOnline && count > 0,
    empty: false,
    failed: sources.every(({ error }) => error !== null),
    offline: !isOnline,
  });
  return (
    <p className="viewers" data-view={view}>
      <span className="pulse" aria-hidden="true" />
      {wording(view, count)}
    </p>
  );
}

function wording(view: View, count: number): string {
  if (view === 'offline') return 'Viewers show once you are back online';
  if (view === 'failed') return 'Viewers cannot be counted just now';
  if (view !== 'ready') return 'Looking who is here…';
  return count === 1 ? '1 person viewing' : `${count.toLocaleString()} people viewing`;
}
