import { type PushedEvents, useChannel } from '@threadly/real-time';
import { useEffect, useEffectEvent } from 'react';

/** Hands every such event of the channel to the latest `handler`. */
export function useEvent<E extends keyof PushedEvents>(
  channel: string,
  event: E,
  handler: (data: PushedEvents[E]) => void,
): void {
  const { bind } = useChannel(channel);
  const handle = useEffectEvent(handler);
  useEffect(() => bind(event, (data) => handle(data)), [bind, event]);
}
