import { useChannel, useConnectionState, useEvent, useMessages } from '@threadly/real-time';
import { loadMessages, sendMessage, type Shopper } from '../stack';
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
}

export function Conversation({ conversationId, me, other }: Props) {
  const { socketId } = useConnectionState();
  const { messages, add, isLoading } = useMessages(conversationId, { fetchMissed });
  const outbox = useOutbox(async (text) => add(await sendMessage(me.userId, text, socketId)));
  const channel = `private-conversation-${conversationId}`;
  const { error } = useChannel(channel);
  const isRefused = error !== null && !error.mayPass;
  useEvent(channel, 'new-message', ({ createdAt }) => latencies.record(createdAt));

  return (
    <div className="conversation">
      <Counterpart userId={other.userId} name={other.name} />
      {isRefused ? (
        <p className="refused" role="alert">
          This conversation is not open to {me.name}.
        </p>
      ) : (
        <MessageList
          label={`${me.name}'s conversation with ${other.name}`}
          me={me.userId}
          messages={messages}
          outbox={outbox}
          isLoading={isLoading}
        />
      )}
      <TypingLine conversationId={conversationId} names={{ [other.userId]: other.name }} />
      <Compose conversationId={conversationId} me={me} disabled={isRefused} write={outbox.write} />
    </div>
  );
}

// The stack keeps only the latest, and so few that they come whole: what is known already is left out by its id.
const fetchMissed = (_conversation: string, _since: unknown, signal: AbortSignal) => loadMessages(signal);
