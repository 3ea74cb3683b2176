import type { RealTime } from './client.js';
import type { Kind, Shared } from './shared.js';

export interface Retryable {
  /** Retries at once what has failed, whatever the reason. */
  retry: () => void;
}

/** State below a client, which is kept up to date while somebody watches it. */
export interface Store<S> extends Retryable {
  /** What it is before anybody watches it, and on a server. */
  readonly initial: S;
  /** The state now: the same object until it changes. */
  readonly get: () => S;
  /** Calls `onChange` after each change, until the returned function is called. */
  readonly watch: (onChange: () => void) => () => void;
}

/** @param key `null` for a store of nothing */
export function storeOf<T extends Shared<unknown>>(client: RealTime, kind: Kind<T>, key: string | null): Store<T['state']> {
  const peek = () => (key === null ? undefined : client.peek(kind, key));
  return {
    initial: kind.initial,
    get: () => peek()?.state ?? kind.initial,
    watch: (onChange) => {
      if (key === null) return () => {};
      const { it, release } = client.hold(kind, key);
      const unwatch = it.watch(onChange);
      return () => {
        unwatch();
        release();
      };
    },
    retry: () => peek()?.retry(),
  };
}
