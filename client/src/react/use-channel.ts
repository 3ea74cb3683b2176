import { useEffect, useMemo } from 'react';
import { channelOf, type Channel } from '../channel.js';
import { useClient } from './use-client.js';
import { useStore } from './use-store.js';

/** A channel, subscribed while anyone uses it; `null` for none, such as a name that is not known yet. */
export function useChannel(name: string | null): Channel {
  const client = useClient('useChannel');
  const store = useMemo(() => channelOf(client, name), [client, name]);
  useEffect(() => store.unbindAll, [store]);
  const { bind, trigger, retry } = store;
  return { ...useStore(store), bind, trigger, retry };
}
