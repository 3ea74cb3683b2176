import { useEffect, useState } from 'react';

const BACK_FOR_MS = 2_500;
const FIRST_WITHIN_MS = 6_000;

export type Outage = 'none' | 'offline' | 'absent' | 'lost' | 'back';

/** Absent if the first connection takes long; lost once what was connected no longer is; back for a moment when it is again. */
export function useOutage(isConnected: boolean, isOnline: boolean): Outage {
  const isHere = isOnline && isConnected;
  const [wasConnected, setWasConnected] = useState(false);
  if (isHere && !wasConnected) setWasConnected(true);
  const [wasAway, setWasAway] = useState(false);
  if (!isHere && wasConnected && !wasAway) setWasAway(true);
  const [isLate, setLate] = useState(false);

  useEffect(() => {
    if (!isOnline) return;
    const timer = isHere ? setTimeout(() => setWasAway(false), BACK_FOR_MS) : setTimeout(() => setLate(true), FIRST_WITHIN_MS);
    return () => clearTimeout(timer);
  }, [isHere, isOnline]);

  if (!isOnline) return 'offline';
  if (isHere) return wasAway ? 'back' : 'none';
  if (wasConnected) return 'lost';
  return isLate ? 'absent' : 'none';
}
