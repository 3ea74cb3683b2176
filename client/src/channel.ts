import { useCallback, useEffect, useRef } from 'react';
import type { PushedEvents } from './generated/events.js';
import type { RealTimeError } from './error.js';
import { Subscription, type EventMeta } from './subscription.js';
import { useClient } from './use-client.js';
import { useRetry, useShared, type Retryable } from './use-shared.js';

export interface Channel extends Retryable {
  isSubscribed: boolean;
  /** Why it is not subscribed. Temporary failures are retried. */
  error: RealTimeError | null;
  /**
   * Calls `handler` with each payload of `event`, until the returned function is called or the component unmounts. The
   * function is stable while the channel is the same, so effects can depend on it.
   */
  bind: Bind;
  /** Sends a client event, `client-…`, to the others on the channel; false if it could not be sent. */
  trigger: (event: `client-${string}`, data: unknown) => boolean;
}

/** Events of this project are typed by their names; for your own, say in the handler what it takes. */
export type Bind = <E extends string, T = unknown>(
  event: E,
  handler: (data: Payload<E, T>, meta: EventMeta) => void,
) => () => void;

/** What handlers of event `E` receive; `T` if it is not one of this project. */
export type Payload<E, T> = E extends keyof PushedEvents ? PushedEvents[E] : T;

/** A channel, subscribed while anyone uses it; `null` for none, such as a name that is not known yet. */
export function useChannel(name: string | null): Channel {
  const client = useClient('useChannel');
  const { isSubscribed, error } = useShared(client, Subscription, name);
  const unbinds = useRef(new Set<() => void>()).current;

  const bind = useCallback(
    (event: string, handler: (data: never, meta: EventMeta) => void) => {
      if (name === null) return () => {};
      const { it, release } = client.hold(Subscription, name);
      const off = it.on(event, handler);
      const unbind = () => {
        off();
        release();
        unbinds.delete(unbind);
      };
      unbinds.add(unbind);
      return unbind;
    },
    [client, name, unbinds],
  );
  useEffect(() => () => unbinds.forEach((unbind) => unbind()), [bind, unbinds]);

  const trigger = useCallback(
    (event: string, data: unknown) => (name !== null && client.peek(Subscription, name)?.trigger(event, data)) || false,
    [client, name],
  );
  return { isSubscribed, error, bind, trigger, ...useRetry(client, Subscription, name) };
}
