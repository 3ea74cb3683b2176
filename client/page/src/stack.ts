// What the page asks of the local stack. Everything else comes through the gateway and the channels.

import { RealTimeError, type Message, type OrderUpdate } from '@threadly/real-time';

const ANSWER_WITHIN_MS = 15_000;

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

async function answered(path: string, init: RequestInit = {}): Promise<Response> {
  const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, timeout]) : timeout;
  const response = await fetch(path, { ...init, signal }).catch(() => {
    throw new RealTimeError('nothing answers');
  });
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) as { detail?: unknown } | null;
  const detail = typeof problem?.detail === 'string' ? problem.detail : `${path} answered ${response.status}`;
  throw new RealTimeError(detail, response.status);
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await answered(path, signal ? { signal } : {});
  return response.json().catch(() => {
    throw new RealTimeError(`${path} is not JSON`);
  });
}

const post = (path: string, body: object) =>
  answered(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

const REQUIRED = ['pusherKey', 'wsHost', 'wsPort', 'gateway', 'people', 'conversationId', 'orderId', 'product'];

export async function loadConfig(signal: AbortSignal): Promise<StackConfig> {
  const config = await get<Record<string, unknown> | null>('/config.json', signal);
  const missing = REQUIRED.filter((name) => config?.[name] == null);
  if (missing.length > 0) throw new RealTimeError(`/config.json lacks ${missing.join(', ')}`);
  return config as unknown as StackConfig;
}

export const loadTotals = () => get<StackTotals>('/stats.json');

/** Null while there is no order. */
export async function loadOrder(signal: AbortSignal): Promise<OrderUpdate | null> {
  try {
    return await get<OrderUpdate>('/order', signal);
  } catch (failure) {
    if (failure instanceof RealTimeError && failure.status === 404) return null;
    throw failure;
  }
}

export const moveOrder = () => post('/order/next', {});

/** The whole conversation as the message service would have it, the latest last. */
export const loadMessages = (signal: AbortSignal) => get<Message[]>('/messages', signal);

/**
 * Answers the message as it was sent to everybody but the connection `socketId`, which shows it already. The same `id`
 * again answers the same message: what was taken and not heard of may be sent again.
 */
export async function sendMessage(from: string, id: string, text: string, socketId: string | null): Promise<Message> {
  const response = await post('/messages', { from, id, text, socketId });
  return response.json();
}
