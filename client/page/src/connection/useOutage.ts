import { useEffect, useRef, useState } from 'react';

const BACK_FOR_MS = 2_500;
const FIRST_WITHIN_MS = 6_000;

export type Outage = 'none' | 'offline' | 'absent' | 'lost' | 'back';

/** Absent if the first connection takes long; lost once what was connected no longer is; back for a moment when it is again. */
export function useOutage(isConnected: boolean, isOnline: boolean): Outage {
  const [outage, setOutage] = useState<Outage>('none');
  const wasConnected = useRef(false);
  const wasAway = useRef(false);

  useEffect(() => {
    if (!isOnline || !isConnected) {
      wasAway.current ||= wasConnected.current;
      if (!isOnline) setOutage('offline');
      else if (wasConnected.current) setOutage('lost');
      else {
        setOutage('none');
        const timer = setTimeout(() => setOutage('absent'), FIRST_WITHIN_MS);
        return () => clearTimeout(timer);
      }
      return;
    }
    wasConnected.current = true;
    setOutage(wasAway.current ? 'back' : 'none');
    wasAway.current = false;
    const timer = setTimeout(() => setOutage('none'), BACK_FOR_MS);
    return () => clearTimeout(timer);
  }, [isConnected, isOnline]);

  return outage;
}
