import { useChannel, useConnectionState, useEvent } from '@threadly/real-time';
import { useState } from 'react';
import { useLoaded } from '../common/useLoaded';
import { useOnline } from '../common/useOnline';
import { type View, viewOf } from '../common/view';
import { loadOrder } from '../stack';
import { latencies } from '../throughput/latencies';
import { advance, NOTHING_YET, type Progress } from './progress';

export interface OrderState {
  progress: Progress;
  view: View;
  /** Whether changes no longer show by themselves. */
  isStale: boolean;
  isRefused: boolean;
  reload: () => void;
}

/** The order's progress: as the stack has it at first and whenever the channel is joined, then as the events say. */
export function useOrder(orderId: string): OrderState {
  const channel = `private-order-${orderId}`;
  const [heard, setHeard] = useState(NOTHING_YET);
  const { isSubscribed, error } = useChannel(channel);
  const { isConnected } = useConnectionState();
  const isOnline = useOnline();
  const { data, failure, isLoading, reload } = useLoaded(loadOrder, isSubscribed);
  const [isTold, setTold] = useState(false);

  useEvent(channel, 'order-status', (update) => {
    setHeard((before) => advance(before, update));
    latencies.record(update.updatedAt);
  });
  const progress = data ? advance(heard, data) : heard;
  // Kept, so that the next answer refines it, too.
  if (progress !== heard) setHeard(progress);
  if (!isTold && !isLoading && !failure) setTold(true);

  const view = viewOf({
    known: isTold || progress.latest !== null,
    empty: progress.latest === null,
    failed: failure !== null,
    offline: !isOnline || (!isConnected && failure !== null && failure.status === undefined),
  });
  const [wasSubscribed, setWasSubscribed] = useState(false);
  if (isSubscribed && !wasSubscribed) setWasSubscribed(true);
  const isStale = !isOnline || (!isSubscribed && (wasSubscribed || error !== null));
  return { progress, view, isStale, isRefused: error !== null && !error.mayPass, reload };
}
