import { useConnectionState } from '@threadly/real-time';
import './connection.css';

export function ConnectionState() {
  const { isConnected, isConnecting } = useConnectionState();
  const word = isConnected ? 'Live' : isConnecting ? 'Connecting' : 'Offline';
  return (
    <span className="connection-state" data-connected={isConnected}>
      {word}
    </span>
  );
}
