import { useSyncExternalStore } from 'react';
import { listen } from './listen';

/** Whether the browser has a network at all: it knows at once, long before a connection times out. */
export const useOnline = (): boolean => useSyncExternalStore(watch, () => navigator.onLine);

function watch(changed: () => void): () => void {
  return listen(changed, [window, 'online'], [window, 'offline']);
}
