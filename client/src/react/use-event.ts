import { useEffect, useInsertionEffect, useRef } from 'react';
import { channelOf, type Payload } from '../channel.js';
import type { EventMeta } from '../subscription.js';
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
  useEffect(
    () => channelOf(client, channel).bind<E, T>(event, (data, meta) => latest.current(data, meta)),
    [client, channel, event],
  );
}
