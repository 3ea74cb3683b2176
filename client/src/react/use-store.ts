import { useSyncExternalStore } from 'react';
import type { Store } from '../store.js';

/** The store's state, kept up to date while the component is mounted. */
export function useStore<S>({ watch, get, initial }: Store<S>): S {
  return useSyncExternalStore(watch, get, () => initial);
}
