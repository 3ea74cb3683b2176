import type { Channel, Connection } from '@threadly/real-time';

export type Line = 'live' | 'joining' | 'refused' | 'offline';

/** What is refused for good says so where it would show, and keeps nothing else from being live. */
export function lineOf(
  isOnline: boolean,
  { isConnected, isConnecting }: Pick<Connection, 'isConnected' | 'isConnecting'>,
  channels: readonly Pick<Channel, 'isSubscribed' | 'error'>[],
): Line {
  if (!isOnline) return 'offline';
  if (!isConnected) return isConnecting ? 'joining' : 'offline';
  const open = channels.filter(({ error }) => error === null || error.mayPass);
  if (open.some(({ isSubscribed }) => !isSubscribed)) return open.some(({ error }) => error) ? 'refused' : 'joining';
  return open.length > 0 ? 'live' : 'refused';
}
