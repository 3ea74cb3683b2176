import type { Message } from '@threadly/real-time';
import { timeOfDay } from '../time';
import { Bubble } from './Bubble';
import { DraftBubble } from './DraftBubble';
import { groupsOf } from './groups';
import type { Outbox } from './useOutbox';
import { useStickToEnd } from './useStickToEnd';

const SHOWN = 100;

interface Props {
  label: string;
  me: string;
  messages: readonly Message[];
  outbox: Outbox;
  isLoading: boolean;
}

/** Stays at the latest message, unless the reader has scrolled up. */
export function MessageList({ label, me, messages, outbox, isLoading }: Props) {
  const latest = messages.slice(-SHOWN);
  const empty = !isLoading && latest.length + outbox.drafts.length === 0;
  const end = useStickToEnd(latest.at(-1)?.id, outbox.drafts.length);

  return (
    <div className="talk">
      <div className="messages" ref={end.scroller} role="log" aria-label={label} tabIndex={0} onScroll={end.onScroll}>
        <ol>
          {groupsOf(latest).map((group) => (
            <li key={group.id} className="group" data-mine={group.senderId === me}>
              {group.messages.map((message) => (
                <Bubble key={message.id} text={message.content} truncated={message.truncated ?? false} />
              ))}
              <time dateTime={group.at.toISOString()}>{timeOfDay(group.at)}</time>
            </li>
          ))}
          {outbox.drafts.map((draft) => (
            <DraftBubble key={draft.key} draft={draft} retry={() => outbox.retry(draft)} />
          ))}
        </ol>
      </div>
      {empty && <p className="empty soft">No messages yet. Say hello.</p>}
      {end.behind && (
        <button className="newer" type="button" onClick={end.jump}>
          New messages
        </button>
      )}
    </div>
  );
}
