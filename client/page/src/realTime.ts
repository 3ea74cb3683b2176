import type { RealTimeConfig } from '@threadly/real-time';
import type { Shopper, StackConfig } from './stack';

/** The connection of one person: the stack's own Pusher-protocol server, and its gateway. */
export const realTimeOf = (config: StackConfig, shopper: Shopper): RealTimeConfig => ({
  pusherKey: config.pusherKey,
  wsHost: config.wsHost,
  wsPort: config.wsPort,
  forceTLS: false,
  enabledTransports: ['ws'],
  // A line that died without a word is noticed within half a minute.
  activityTimeout: 20_000,
  pongTimeout: 8_000,
  apiBase: config.gateway,
  token: () => shopper.token,
  userId: shopper.userId,
});
