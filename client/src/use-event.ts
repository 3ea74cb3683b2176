import { useEffect, useInsertionEffect, useRef } from 'react';
import type { Payload } from './channel.js';
import { Subscription, type EventMeta } from './subscription.js';
import { useClient } from './use-client.js';

/** Calls the latest `handler` with each payload of `event` on a channel; `null` for none. */
export function useEvent<E extends string, T = unknown>(
  channel: string | null,
  event: E,
  handler: (data: Payload<E, T>, meta: EventMeta) => void,
): void {
  const client = useClient('useEvent');
  const latest = useRef(handler);
  useInsertionEffect(() => {
    latest.current = handler;
  });
  useEffect(() => {
    if (channel === null) return;
    const { it, release } = client.hold(Subscription, channel);
    const off = it.on<Payload<E, T>>(event, (data, meta) => latest.current(data, meta));
    return () => {
      off();
      release();
    };
  }, [client, channel, event]);
}
