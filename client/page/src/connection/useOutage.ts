import { useEffect, useRef, useState } from 'react';

const BACK_FOR_MS = 2500;

export type Outage = 'none' | 'lost' | 'back';

/** Lost once what was connected no longer is; back for a moment when it is again. */
export function useOutage(connected: boolean): Outage {
  const [outage, setOutage] = useState<Outage>('none');
  const wasConnected = useRef(false);

  useEffect(() => {
    if (!connected) {
      if (wasConnected.current) setOutage('lost');
      return;
    }
    setOutage(wasConnected.current ? 'back' : 'none');
    wasConnected.current = true;
    const timer = setTimeout(() => setOutage('none'), BACK_FOR_MS);
    return () => clearTimeout(timer);
  }, [connected]);

  return outage;
}
