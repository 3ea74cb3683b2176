import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { DraftStore } from './draftStore';
import { type Draft, Outbox, type Send } from './outbox';

export interface Drafts {
  drafts: readonly Draft[];
  outbox: Outbox;
}

/** The outbox of a person in a conversation. `isConnected` tells when it is worth trying again. */
export function useOutbox(userId: string, conversationId: string, isConnected: boolean, send: Send): Drafts {
  const latest = useEffectEvent(send);
  const [outbox] = useState(() => new Outbox((draft) => latest(draft), new DraftStore(userId, conversationId)));
  const drafts = useSyncExternalStore(outbox.watch, () => outbox.drafts);

  useEffect(() => outbox.open(), [outbox]);
  useEffect(() => {
    if (isConnected) outbox.nudge();
  }, [outbox, isConnected]);
  useEffect(() => {
    const online = () => outbox.nudge();
    window.addEventListener('online', online);
    return () => window.removeEventListener('online', online);
  }, [outbox]);

  return { drafts, outbox };
}
