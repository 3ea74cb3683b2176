import { useEffect, useState, useSyncExternalStore } from 'react';
import { listen } from '../common/listen';
import { DraftStore } from './draftStore';
import { type Draft, Outbox, type Send } from './outbox';

export interface Drafts {
  drafts: readonly Draft[];
  outbox: Outbox;
}

/** The outbox of a person in a conversation. `isConnected` tells when it is worth trying again. */
export function useOutbox(userId: string, conversationId: string, isConnected: boolean, send: Send): Drafts {
  const [outbox] = useState(() => new Outbox(send, new DraftStore(userId, conversationId)));
  const drafts = useSyncExternalStore(outbox.watch, () => outbox.drafts);

  useEffect(() => outbox.sendBy(send), [outbox, send]);
  useEffect(() => outbox.open(), [outbox]);
  useEffect(() => {
    if (isConnected) outbox.nudge();
  }, [outbox, isConnected]);
  useEffect(() => listen(() => outbox.nudge(), [window, 'online']), [outbox]);

  return { drafts, outbox };
}
