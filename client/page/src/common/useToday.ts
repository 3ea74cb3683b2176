import { useSyncExternalStore } from 'react';
import { dayOf } from '../time';

/** Changes at midnight, and when a page that slept over it is looked at again. */
export const useToday = (): number => useSyncExternalStore(watch, () => dayOf(new Date()));

function watch(changed: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const untilMidnight = () => {
    const now = new Date();
    timer = setTimeout(() => {
      changed();
      untilMidnight();
    }, new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).getTime() - now.getTime() + 500);
  };
  untilMidnight();
  document.addEventListener('visibilitychange', changed);
  return () => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', changed);
  };
}
