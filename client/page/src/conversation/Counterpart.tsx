import { useChannel, useUserPresence } from '@threadly/real-time';
import { Time } from '../common/Time';
import { useOnline } from '../common/useOnline';
import { harmless } from '../text/harmless';

/** Whom one talks to, and whether they are there: as long as somebody would tell if that changed. */
export function Counterpart({ userId, name }: { userId: string; name: string }) {
  const { status, lastSeen } = useUserPresence(userId);
  const { isSubscribed, error } = useChannel(`private-cache-status-${userId}`);
  const isOnline = useOnline();
  const isKnown = status !== null && isSubscribed && isOnline;
  return (
    <header className="counterpart">
      <h3>
        <bdi>{harmless(name)}</bdi>
      </h3>
      <p className="soft" data-status={isKnown ? status : null}>
        {!isKnown && (error || !isOnline ? 'Status unknown' : '\u00a0')}
        {isKnown && status === 'online' && 'Online'}
        {isKnown && status === 'away' && 'Away'}
        {isKnown && status === 'offline' && (lastSeen ? <span>Last seen <Time at={lastSeen} /></span> : 'Offline')}
      </p>
    </header>
  );
}
