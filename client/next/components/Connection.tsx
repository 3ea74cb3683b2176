'use client';

import { useConnectionState } from '@threadly/real-time/client';

export function Connection() {
  const { state, isConnected, isConnecting, isDisconnected } = useConnectionState();
  if (isConnected) return <p role="status">Live</p>;
  return (
    <p role="status" title={state}>
      {isConnecting && 'Connecting'}
      {isDisconnected && 'Offline'}
    </p>
  );
}
