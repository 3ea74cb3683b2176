// What the page asks of the local stack. Everything else comes through the gateway and the channels.

import type { MessageInput, OrderUpdate } from '@threadly/real-time';

export interface Shopper {
  userId: string;
  name: string;
  token: string;
}

export interface Product {
  id: string;
  title: string;
  priceMinor: number;
  currency: string;
  channel: string;
}

export interface StackConfig {
  pusherKey: string;
  wsHost: string;
  wsPort: number;
  gateway: string;
  /** The buyer, then the seller. */
  people: [Shopper, Shopper];
  conversationId: string;
  orderId: string;
  product: Product;
}

export interface StackTotals {
  eventsIn: number;
  pushesOut: number;
}

async function answered(path: string, init?: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as { detail?: string };
  throw new Error(problem.detail ?? `${path} answered ${response.status}`);
}

const get = async <T>(path: string, init?: RequestInit): Promise<T> => (await answered(path, init)).json();

const post = (path: string, body: object) =>
  answered(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

export const loadConfig = () => get<StackConfig>('/config.json');
export const loadTotals = () => get<StackTotals>('/stats.json');
export const loadOrder = async (): Promise<OrderUpdate> => {
  const order = await get<Omit<OrderUpdate, 'updatedAt'> & { updatedAt: string }>('/order');
  return { ...order, updatedAt: new Date(order.updatedAt) };
};
export const moveOrder = () => post('/order/next', {});

/** The whole conversation as the message service would have it, the latest last. */
export const loadMessages = (signal: AbortSignal) => get<MessageInput[]>('/messages', { signal });

/** Answers the message as it was sent to everybody but the connection `socketId`, which shows it already. */
export async function sendMessage(from: string, text: string, socketId: string | null): Promise<MessageInput> {
  const response = await post('/messages', { from, text, socketId });
  return response.json();
}
