'use client';

import { useConnectionState } from '@threadly/real-time/client';

export function ConnectionStatus() {
  const { state, isConnected, isConnecting, isDisconnected } = useConnectionState();
  if (isConnected) return null;
  return (
    <p role="status" title={state} data-tone={isConnecting ? 'wait' : 'problem'}>
      {isConnecting && 'Connecting'}
      {isDisconnected && 'Offline'}
    </p>
  );
}
