import { useChannel, useConnectionState, useEvent, useMessages, type Message } from '@threadly/real-time';
import { Notice } from '../common/Notice';
import { useOnline } from '../common/useOnline';
import { loadMessages, sendMessage, type Shopper } from '../stack';
import { harmless } from '../text/harmless';
import { latencies } from '../throughput/latencies';
import { Compose } from './Compose';
import './conversation.css';
import { Counterpart } from './Counterpart';
import { MessageList } from './MessageList';
import { TypingLine } from './TypingLine';
import { useOutbox } from './useOutbox';

interface Props {
  conversationId: string;
  me: Shopper;
  other: Shopper;
  onReading: (isReading: boolean) => void;
}

/** The stack tells the whole conversation each time: known messages are dropped. */
const fetchMissed = (_conversationId: string, _since: Message | null, signal: AbortSignal) => loadMessages(signal);

/** The id of the element that shows what was said, to lead to it. */
export const logOf = (userId: string) => `conversation-of-${userId}`;

export function Conversation({ conversationId, me, other, onReading }: Props) {
  const { socketId, isConnected } = useConnectionState();
  const isOnline = useOnline();
  const channel = `private-conversation-${conversationId}`;
  const { error, retry } = useChannel(channel);
  const history = useMessages(conversationId, { fetchMissed });
  const drafts = useOutbox(me.userId, conversationId, isConnected, async ({ id, text }) =>
    history.add(await sendMessage(me.userId, id, text, socketId)),
  );
  const isRefused = error !== null && !error.mayPass;
  const isOffline = !isOnline || (!isConnected && history.error !== null && history.error.status === undefined);
  useEvent(channel, 'new-message', ({ createdAt }) => latencies.record(createdAt));

  return (
    <div className="conversation">
      <Counterpart userId={other.userId} name={other.name} />
      {isRefused ? (
        <div className="refused">
          <Notice view="failed" retry={retry}>
            {error.status === 401
              ? 'You are signed out here. Messages show once you are signed in again.'
              : `This conversation is not open to ${harmless(me.name)}.`}
          </Notice>
        </div>
      ) : (
        <MessageList
          id={logOf(me.userId)}
          label={`${harmless(me.name)}'s conversation with ${harmless(other.name)}`}
          me={me.userId}
          history={history}
          isOffline={isOffline}
          drafts={drafts}
          onReading={onReading}
        />
      )}
      <TypingLine conversationId={conversationId} names={{ [other.userId]: other.name }} />
      <Compose conversationId={conversationId} me={me} disabled={isRefused} write={(text) => drafts.outbox.write(text)} />
    </div>
  );
}
