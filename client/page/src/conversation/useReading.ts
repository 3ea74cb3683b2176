import { type RefObject, useEffect, useState, useSyncExternalStore } from 'react';
import { listen } from '../common/listen';

const ENOUGH = 0.5;

/** Whether somebody looks at the element: at this page, and at least half of the element is on the screen. */
export function useReading(element: RefObject<HTMLElement | null>): boolean {
  const [isShown, setShown] = useState(false);
  const isLookedAt = useSyncExternalStore(watchLooks, isPageLookedAt);

  useEffect(() => {
    const observer = new IntersectionObserver((seen) => setShown((seen.at(-1)?.intersectionRatio ?? 0) >= ENOUGH), {
      threshold: [0, ENOUGH],
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);

  return isShown && isLookedAt;
}

const isPageLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();

const watchLooks = (changed: () => void) => listen(changed, [document, 'visibilitychange'], [window, 'focus'], [window, 'blur']);
