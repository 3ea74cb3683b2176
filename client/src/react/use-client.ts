import { createContext, useContext } from 'react';
import type { RealTime } from '../client.js';

export const Client = createContext<RealTime | null>(null);

/** @param hook the calling hook, for the message */
export function useClient(hook: string): RealTime {
  const client = useContext(Client);
  if (client === null) throw new Error(`${hook} must be used below a <RealTimeProvider>`);
  return client;
}
