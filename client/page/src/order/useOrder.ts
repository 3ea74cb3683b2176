import { useChannel, useEvent } from '@threadly/real-time';
import { useEffect, useState } from 'react';
import { loadOrder } from '../stack';
import { latencies } from '../throughput/latencies';
import { advance, NOTHING_YET } from './progress';

/** The order's progress: as the stack has it whenever the channel is joined, then as the events say. */
export function useOrder(orderId: string) {
  const channel = `private-order-${orderId}`;
  const [progress, setProgress] = useState(NOTHING_YET);
  const { isSubscribed, error } = useChannel(channel);

  useEvent(channel, 'order-status', (update) => {
    setProgress((before) => advance(before, update));
    latencies.record(update.updatedAt);
  });

  useEffect(() => {
    if (!isSubscribed) return;
    loadOrder().then(
      (update) => setProgress((before) => advance(before, update)),
      () => {
        // The next event says it all the same.
      },
    );
  }, [isSubscribed]);

  return { progress, isRefused: error !== null && !error.mayPass };
}
