import { type ReactNode, useCallback, useEffect, useState } from 'react';

interface Props {
  children: (restart: () => void) => ReactNode;
}

/**
 * Lets go of what its children hold, then has them take it again: so they ask anew even where something was refused for
 * good. What hooks share ends in the task after its last user, hence the moment without any.
 */
export function Restart({ children }: Props) {
  const [resting, setResting] = useState(false);
  const restart = useCallback(() => setResting(true), []);
  useEffect(() => {
    if (!resting) return;
    const timer = setTimeout(() => setResting(false));
    return () => clearTimeout(timer);
  }, [resting]);
  return resting ? null : children(restart);
}
