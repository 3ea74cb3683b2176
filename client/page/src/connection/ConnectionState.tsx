import { useChannel, useConnectionState } from '@threadly/real-time';
import { useOnline } from '../common/useOnline';
import './connection.css';
import { type Line, lineOf } from './line';

const WORDS: Record<Line, string> = {
  live: 'Live',
  joining: 'Connecting',
  refused: 'Not live',
  offline: 'Offline',
};

interface Props {
  userId: string;
  conversationId: string;
}

/** Whether what happens shows by itself: not before every channel of this person is joined. */
export function ConnectionState({ userId, conversationId }: Props) {
  const connection = useConnectionState();
  const isOnline = useOnline();
  const channels = [useChannel(`private-user-${userId}`), useChannel(`private-conversation-${conversationId}`)];
  const line = lineOf(isOnline, connection, channels);
  return (
    <span className="connection-state" data-line={line}>
      {WORDS[line]}
    </span>
  );
}
