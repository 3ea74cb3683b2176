import Pusher, { type Options } from 'pusher-js';
import { authorizer, type Applicant } from './authorizer.js';
import type { RealTimeConfig } from './config.js';
import type { Connection, ConnectionState } from './connection.js';
import type { RealTimeError } from './error.js';
import { Shared } from './shared.js';

const PASSED_ON = [
  'wsHost',
  'wsPort',
  'wssPort',
  'forceTLS',
  'enabledTransports',
  'activityTimeout',
  'pongTimeout',
  'nacl',
] as const;

/** The one WebSocket. */
export class Socket extends Shared<Connection> implements Applicant {
  static readonly initial = connection('initialized', null);

  refusal: RealTimeError | undefined;

  readonly pusher = new Pusher(this.client.config.pusherKey, {
    ...options(this.client.config),
    channelAuthorization: { customHandler: authorizer(this, this.client.gateway, this.gone) },
  });

  override start(): void {
    const { pusher } = this;
    pusher.connection.bind('state_change', ({ current }: { current: ConnectionState }) => {
      this.state = connection(current, current === 'connected' ? pusher.connection.socket_id : null);
    });
    if (this.client.config.enableLogging || this.client.config.logToConsole) {
      pusher.connection.bind_global((...words: unknown[]) => console.debug('[real-time]', ...words));
    }
    this.atStop(() => {
      pusher.disconnect();
      pusher.connection.unbind_all();
      // pusher-js keeps every instance forever.
      Pusher.instances = Pusher.instances.filter((other) => other !== pusher);
    });
  }
}

function connection(state: ConnectionState, socketId: string | null): Connection {
  const isConnected = state === 'connected';
  const isConnecting = state === 'connecting' || state === 'initialized';
  return { state, isConnected, isConnecting, isDisconnected: !isConnected && !isConnecting, socketId };
}

/** Only what is set: pusher-js treats a present key as a decision. */
function options(config: RealTimeConfig): Options {
  const set = PASSED_ON.filter((name) => config[name] !== undefined).map((name) => [name, config[name]]);
  return { cluster: config.cluster ?? config.pusherCluster ?? '', enableStats: false, ...Object.fromEntries(set) };
}
