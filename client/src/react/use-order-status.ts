import { useMemo } from 'react';
import { orderStatusOf, type OrderStatusState } from '../order-status.js';
import type { Retryable } from '../store.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** Where an order stands; `null` for none. */
export function useOrderStatus(orderId: string | null): OrderStatusState & Retryable {
  const client = useClient('useOrderStatus');
  const store = useMemo(() => orderStatusOf(client, orderId), [client, orderId]);
  return { ...useStore(store), retry: store.retry };
}
