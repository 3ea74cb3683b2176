import { useEffect, useInsertionEffect, useState, type ReactNode } from 'react';
import { RealTime } from '../client.js';
import type { RealTimeConfig } from '../config.js';
import { Client } from './use-client.js';

export interface RealTimeProviderProps {
  /** May be a new object at each render: only a changed value, the token function aside, opens a new connection. */
  config: RealTimeConfig;
  children?: ReactNode;
}

/** One connection for all hooks below, from the first mount to the unmount. */
export function RealTimeProvider({ config, children }: RealTimeProviderProps): ReactNode {
  const { token } = config;
  const identity = JSON.stringify([Object.entries(config).sort(), token === undefined]);
  const [current, setCurrent] = useState(() => ({ identity, client: new RealTime(config) }));
  // React renders this again before anything below it.
  if (current.identity !== identity) setCurrent({ identity, client: new RealTime(config) });
  const { client } = current;
  // Before the effects of children, which may ask for it.
  useInsertionEffect(() => client.tokenFrom(token), [client, token]);
  return <Connected client={client}>{children}</Connected>;
}

/** The client of all hooks below, connected while this is mounted. */
export function Connected({ client, children }: { client: RealTime; children?: ReactNode }): ReactNode {
  useEffect(() => client.open(), [client]);
  return <Client.Provider value={client}>{children}</Client.Provider>;
}
