import { usePresence } from '@threadly/real-time';

/** "12 people viewing". No live region: it changes as often as people come and go. */
export function Viewers({ channel }: { channel: string }) {
  const { count } = usePresence(channel);
  return (
    <p className="viewers">
      <span className="pulse" aria-hidden="true" />
      {wording(count)}
    </p>
  );
}

function wording(count: number): string {
  if (count === 0) return 'Looking who is here…';
  return count === 1 ? '1 person viewing' : `${count.toLocaleString()} people viewing`;
}
