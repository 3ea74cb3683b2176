import { useConnectionState } from '@threadly/real-time';
import { useOutage } from './useOutage';
import './connection.css';

const WORDS = {
  none: '',
  lost: 'Connection lost. Reconnecting…',
  back: 'Back online',
};

/** Lies over the conversation, so that what is read there stays where it is. Says nothing of the very first connecting. */
export function ConnectionBanner() {
  const outage = useOutage(useConnectionState().isConnected);
  return (
    <div className="banner-place">
      <p className="banner" role="status" data-outage={outage}>
        {WORDS[outage]}
      </p>
    </div>
  );
}
