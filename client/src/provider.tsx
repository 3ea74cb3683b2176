import { useEffect, useMemo, useRef, type ReactNode } from 'react';
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
  const latest = useRef(config);
  useEffect(() => {
    latest.current = config;
  });
  const identity = JSON.stringify([config, config.token === undefined]);
  const client = useMemo(() => {
    const { token } = config;
    return new RealTime(token ? { ...config, token: () => (latest.current.token ?? token)() } : config);
  }, [identity]);
  useEffect(() => {
    const leases = [client.hold(Socket, ''), ...(client.config.enablePresence ? [client.hold(OwnPresence, '')] : [])];
    return () => leases.forEach((lease) => lease.release());
  }, [client]);
  return <Client.Provider value={client}>{children}</Client.Provider>;
}
