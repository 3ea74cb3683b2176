// What compiles in an app, and what does not.

import type {
  Bind,
  Channel,
  MessageEvent,
  NotificationEvent,
  PresenceEvent,
  RealTimeConfig,
  TypingEvent,
  useNotifications,
  usePresence,
} from '@threadly/real-time/client';

const base = { pusherKey: 'key', pusherCluster: 'eu', enablePresence: true, enableTypingIndicators: true };

export const configs: RealTimeConfig[] = [
  { ...base, wsHost: 'localhost', wsPort: 80, wssPort: 443, forceTLS: true, enabledTransports: ['ws', 'wss'] },
  { ...base, cluster: 'eu', enableLogging: true, logToConsole: true, activityTimeout: 120_000, pongTimeout: 30_000 },
  // @ts-expect-error: nothing would read it
  { ...base, disableStats: true },
];

const now = new Date();

export const events: (MessageEvent | TypingEvent | NotificationEvent | PresenceEvent)[] = [
  { type: 'message', data: { id: 'm', conversationId: 'c', senderId: 'ana', content: 'Hi', createdAt: now } },
  { type: 'typing', data: { conversationId: 'c', userId: 'ana', isTyping: true } },
  {
    type: 'notification',
    data: { id: 'n', userId: 'ben', title: '', message: '', type: 'system', read: false, createdAt: now },
  },
  { type: 'presence', data: { userId: 'ana', status: 'away' } },
  // @ts-expect-error: times are dates
  { type: 'presence', data: { userId: 'ana', status: 'away', lastSeen: '2026-01-01T12:00:00Z' } },
];

export function lists(inbox: ReturnType<typeof useNotifications>, { members }: ReturnType<typeof usePresence>) {
  const [first] = inbox.notifications satisfies NotificationEvent['data'][];
  const shelf: string = first.metadata.shelf;
  const names: string[] = [...members.values()].map(({ id, name }) => name || id);
  return [shelf, ...names];
}

interface Letter {
  id: string;
  createdAt: Date;
}

export function handlers({ bind }: Channel, also: Bind, anything: string) {
  bind('new-message', (data: Letter) => data.createdAt.getTime());
  bind('new-message', ({ content }, { user_id }) => content + user_id);
  bind('new-message', () => {});
  bind('order-status', async ({ status, updatedAt }) => `${status} ${updatedAt.getTime()}`);
  bind('client-wave', (data: { hand: 'left' | 'right' }) => data.hand);
  bind(anything, (data: number[]) => data.length);
  also('presence', ({ lastSeen }) => lastSeen.getTime());
  // @ts-expect-error: no message is one
  bind('new-message', (data: { orderId: string }) => data.orderId);
  // @ts-expect-error: its time is a date
  bind('new-message', (data: { id: string; createdAt: string }) => data.createdAt);
  // @ts-expect-error: no order is a number
  bind('order-status', (data: number) => data);
  // @ts-expect-error: no such status
  bind('presence', ({ status }) => status === 'asleep');
  // @ts-expect-error: of what is unknown, nothing is known
  bind('client-wave', (data) => data.hand);
}
