import { type RefObject, useEffect, useState } from 'react';

const ENOUGH = 0.5;

/** Whether somebody looks at the element: at this page, and at least half of the element is on the screen. */
export function useReading(element: RefObject<HTMLElement | null>): boolean {
  const [isShown, setShown] = useState(false);
  const [isLookedAt, setLookedAt] = useState(isPageLookedAt);

  useEffect(() => {
    const observer = new IntersectionObserver((seen) => setShown((seen.at(-1)?.intersectionRatio ?? 0) >= ENOUGH), {
      threshold: [0, ENOUGH],
    });
    if (element.current) observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);

  useEffect(() => {
    const look = () => setLookedAt(isPageLookedAt());
    look();
    document.addEventListener('visibilitychange', look);
    window.addEventListener('focus', look);
    window.addEventListener('blur', look);
    return () => {
      document.removeEventListener('visibilitychange', look);
      window.removeEventListener('focus', look);
      window.removeEventListener('blur', look);
    };
  }, []);

  return isShown && isLookedAt;
}

const isPageLookedAt = () => document.visibilityState === 'visible' && document.hasFocus();
