import type { Messages } from '@threadly/real-time';
import { Fragment, useEffect } from 'react';
import { Notice } from '../common/Notice';
import { Time } from '../common/Time';
import { useToday } from '../common/useToday';
import { type View, viewOf } from '../common/view';
import { dayName, instantOf } from '../time';
import { Bubble } from './Bubble';
import { DraftBubble } from './DraftBubble';
import { daysOf, type Day } from './groups';
import type { Drafts } from './useOutbox';
import { useReading } from './useReading';
import { useStickToEnd } from './useStickToEnd';

const SHOWN = 100;

interface Props {
  id: string;
  label: string;
  me: string;
  history: Messages;
  isOffline: boolean;
  drafts: Drafts;
  /** Told whether somebody is reading the latest message. */
  onReading: (isReading: boolean) => void;
}

const WORDS: Record<Exclude<View, 'ready'>, string> = {
  loading: 'Loading the conversation…',
  empty: 'No messages yet. Say hello.',
  failed: 'The conversation cannot be loaded just now.',
  offline: 'You are offline. The conversation shows once you are back.',
};

/** Stays at the latest message, unless the reader has scrolled up. */
export function MessageList({ id, label, me, history, isOffline, drafts: { drafts, outbox }, onReading }: Props) {
  const latest = history.messages.slice(-SHOWN);
  const { scroller, behind, jump, onScroll } = useStickToEnd(latest.at(-1)?.id, drafts.length);
  const isReading = useReading(scroller) && !behind;
  useEffect(() => {
    onReading(isReading);
    return () => onReading(false);
  }, [isReading, onReading]);

  const hasFailed = history.error !== null;
  const isEmpty = latest.length + drafts.length === 0;
  const known = !isEmpty || (!history.isLoading && !hasFailed);
  const view = viewOf({ known, empty: isEmpty, failed: hasFailed, offline: isOffline });

  return (
    <div className="talk">
      {view === 'ready' && hasFailed && !isOffline && (
        <p className="gap" role="status">
          Messages may be missing.{' '}
          <button className="text-button" type="button" onClick={history.retry}>
            Try again
          </button>
        </p>
      )}
      <div className="messages" id={id} ref={scroller} role="log" aria-label={label} aria-busy={view === 'loading'} tabIndex={0} onScroll={onScroll}>
        <ol>
          {daysOf(latest).map((day) => (
            <Fragment key={day.groups[0]?.id}>
              <DayLine day={day} />
              {day.groups.map((group) => (
                <li key={group.id} className="group" data-mine={group.senderId === me}>
                  {group.messages.map((message) => (
                    <Bubble key={message.id} text={message.content} truncated={message.truncated ?? false} />
                  ))}
                  <Time at={group.at} dayIsNamed />
                </li>
              ))}
            </Fragment>
          ))}
          {drafts.map((draft) => (
            <DraftBubble
              key={draft.id}
              draft={draft}
              resend={() => {
                outbox.resend(draft.id);
                scroller.current?.focus();
              }}
              discard={() => {
                outbox.discard(draft.id);
                scroller.current?.focus();
              }}
            />
          ))}
        </ol>
      </div>
      {view !== 'ready' && (
        <div className="instead">
          <Notice view={view} retry={view === 'failed' ? history.retry : undefined}>
            {WORDS[view]}
          </Notice>
        </div>
      )}
      {behind && (
        <button className="newer" type="button" onMouseDown={(event) => event.preventDefault()} onClick={jump}>
          New messages
        </button>
      )}
    </div>
  );
}

function DayLine({ day: { at } }: { day: Day }) {
  useToday();
  const date = instantOf(at);
  return date && <li className="day">{dayName(date, new Date())}</li>;
}
