import type { RealTime } from './client.js';
import type { RealTimeError } from './error.js';
import type { PushedEvents } from './generated/events.js';
import { storeOf, type Retryable, type Store } from './store.js';
import { Subscription, type EventMeta, type SubscriptionState } from './subscription.js';

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

export interface ChannelStore extends Store<SubscriptionState>, Pick<Channel, 'bind' | 'trigger'> {
  /** Ends all that `bind` began. */
  unbindAll: () => void;
}

/** @param name `null` for none */
export function channelOf(client: RealTime, name: string | null): ChannelStore {
  const unbinds = new Set<() => void>();
  return {
    ...storeOf(client, Subscription, name),
    bind: (event: string, handler: (data: never, meta: EventMeta) => void) => {
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
    unbindAll: () => unbinds.forEach((unbind) => unbind()),
    trigger: (event, data) => (name !== null && client.peek(Subscription, name)?.trigger(event, data)) || false,
  };
}
