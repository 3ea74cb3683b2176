import { useConnectionState } from '@threadly/real-time';
import { useOnline } from '../common/useOnline';
import { type Outage, useOutage } from './useOutage';
import './connection.css';

const WORDS: Record<Outage, string> = {
  none: '',
  offline: 'You are offline. What you write is sent later.',
  absent: 'No live connection yet. Trying again…',
  lost: 'Connection lost. Reconnecting…',
  back: 'Back online',
};

/** Lies over the conversation, so that what is read there stays where it is. Says nothing of a first connecting that is quick. */
export function ConnectionBanner() {
  const outage = useOutage(useConnectionState().isConnected, useOnline());
  return (
    <div className="banner-place">
      <p className="banner" role="status" data-outage={outage}>
        {WORDS[outage]}
      </p>
    </div>
  );
}
