// One person's own connection, with that person's token, and what it says of its state.

const WORDS = {
  initialized: 'Connecting',
  connecting: 'Connecting',
  connected: 'Online',
  unavailable: 'Offline',
  failed: 'Unsupported',
  disconnected: 'Offline',
};

export function connect(config, person) {
  return new window.Pusher(config.pusherKey, {
    cluster: '',
    wsHost: config.wsHost,
    wsPort: config.wsPort,
    forceTLS: false,
    enabledTransports: ['ws'],
    enableStats: false,
    channelAuthorization: {
      endpoint: config.authEndpoint,
      transport: 'ajax',
      headers: { Authorization: `Bearer ${person.token}` },
    },
  });
}

export function showState(pusher, root) {
  const state = root.querySelector('.state');
  const text = root.querySelector('.state-text');
  const banner = root.querySelector('.banner');
  let wasConnected = false;

  pusher.connection.bind('state_change', ({ current }) => {
    state.dataset.state = current;
    text.textContent = WORDS[current] ?? current;
    wasConnected ||= current === 'connected';
    banner.hidden = current === 'connected' || (current === 'connecting' && !wasConnected);
    banner.textContent = current === 'failed' ? 'This browser has no WebSocket' : 'Connection lost. Reconnecting…';
  });
}
