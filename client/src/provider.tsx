import { useEffect, useInsertionEffect, useMemo, useRef, type ReactNode } from 'react';
import { RealTime } from './client.js';
import type { RealTimeConfig } from './config.js';
import { OwnPresence } from './own-presence.js';
import { Socket } from './socket.js';
import { Client } from './use-client.js';

export interface RealTimeProviderProps {
  /** May be a new object at each render: only a changed value, the token function aside, opens a new connection. */
  config: RealTimeConfig;
  children?: ReactNode;
}

/** One connection for all hooks below, from the first mount to the unmount. */
export function RealTimeProvider({ config, children }: RealTimeProviderProps): ReactNode {
  const { token } = config;
  const latest = useRef(token);
  const identity = JSON.stringify([Object.entries(config).sort(), token === undefined]);
  const client = useMemo(
    () => new RealTime(token ? { ...config, token: () => (latest.current ?? token)() } : config),
    [identity],
  );
  // Before the effects of children, which may ask for it.
  useInsertionEffect(() => {
    const isOther = latest.current !== token;
    latest.current = token;
    if (isOther) client.tokenChanged();
  }, [client, token]);
  useEffect(() => {
    const leases = [client.hold(Socket, ''), ...(client.config.enablePresence ? [client.hold(OwnPresence, '')] : [])];
    return () => leases.forEach((lease) => lease.release());
  }, [client]);
  return <Client.Provider value={client}>{children}</Client.Provider>;
}
