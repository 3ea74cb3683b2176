import { type UserStatus, useUserPresence } from '@threadly/real-time';
import { timeOfDay } from '../time';

/** Whom one talks to, and whether they are there. */
export function Counterpart({ userId, name }: { userId: string; name: string }) {
  const { status, lastSeen } = useUserPresence(userId);
  return (
    <header className="counterpart">
      <h3>{name}</h3>
      <p className="soft" data-status={status}>
        {wording(status, lastSeen)}
      </p>
    </header>
  );
}

function wording(status: UserStatus | null, lastSeen: Date | null): string {
  if (status === 'online') return 'Online';
  if (status === 'away') return 'Away';
  if (status === null) return '\u00a0';
  return lastSeen ? `Last seen at ${timeOfDay(lastSeen)}` : 'Offline';
}
