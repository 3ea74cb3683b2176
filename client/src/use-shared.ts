import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { RealTime } from './client.js';
import type { Kind, Shared } from './shared.js';

/** The state shared under `key`, held while the component is mounted; `null` holds nothing. */
export function useShared<T extends Shared<unknown>>(client: RealTime, kind: Kind<T>, key: string | null): T['state'] {
  const hold = useCallback(
    (onChange: () => void) => {
      if (key === null) return () => {};
      const { it, release } = client.hold(kind, key);
      const unwatch = it.watch(onChange);
      return () => {
        unwatch();
        release();
      };
    },
    [client, kind, key],
  );
  const state = () => (key === null ? undefined : client.peek(kind, key))?.state ?? kind.initial;
  return useSyncExternalStore(hold, state, () => kind.initial);
}

export interface Retryable {
  /** Retries at once what has failed, whatever the reason. */
  retry: () => void;
}

export function useRetry<T extends Shared<unknown>>(client: RealTime, kind: Kind<T>, key: string | null): Retryable {
  return useMemo(
    () => ({
      retry: () => {
        if (key !== null) client.peek(kind, key)?.retry();
      },
    }),
    [client, kind, key],
  );
}
