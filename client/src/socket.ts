import type { Channel, Options } from 'pusher-js';
import { authorizer, type Applicant } from './authorizer.js';
import type { RealTimeConfig } from './config.js';
import type { Connection, ConnectionState } from './connection.js';
import { isHidden, listen, theDocument, theWindow } from './environment.js';
import { RealTimeError } from './error.js';
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

/** For the answer to a ping, where there is reason to doubt the connection: pusher-js waits for half a minute. */
const CHECK_MS = 3_000;
/** After a drop, and as much again at random: pusher-js would have all clients of a server come back in one moment. */
const BACK_AFTER_MS = 1_000;

/** The one WebSocket. */
export class Socket extends Shared<Connection> implements Applicant {
  static readonly initial = connection('initialized', null);

  refusal: RealTimeError | undefined;
  isBack = false;

  readonly #fault = faultOf(this.client.config);
  readonly #line = this.client.connect(this.client.config.pusherKey || '-', {
    ...options(this.client.config),
    // With a fault, to nowhere: without a transport it does not even try.
    ...(this.#fault && { enabledTransports: [] }),
    channelAuthorization: { customHandler: authorizer(this, this.client.gateway, this.gone) },
  });
  readonly pusher = this.#line.pusher;
  #wasConnected = false;
  #check: ReturnType<typeof setTimeout> | undefined;
  #back: ReturnType<typeof setTimeout> | undefined;
  #error: RealTimeError | null = this.#fault;

  override start(): void {
    const { connection: line } = this.pusher;
    const show = (state: ConnectionState) => {
      this.state = connection(state, state === 'connected' ? line.socket_id : null, this.#error);
    };
    line.bind('state_change', ({ current }: { current: ConnectionState }) => {
      if (current === 'connected') this.#haveConnected();
      show(current === 'disconnected' && this.#back ? 'connecting' : current);
    });
    line.bind('error', (event: unknown) => {
      this.#error = errorOf(event);
      show(line.state as ConnectionState);
    });
    // Before pusher-js sets its own timer, which disconnecting ends.
    line.bind('connecting_in', () => queueMicrotask(() => this.#comeBack()));
    line.bind('message', () => clearTimeout(this.#check));
    if (this.#fault) show('failed');
    if (this.client.config.enableLogging || this.client.config.logToConsole) {
      line.bind_global((...words: unknown[]) => console.debug('[real-time]', ...words));
    }
    const look = () => {
      this.#doubt();
      this.client.wake();
    };
    this.atStop(
      listen(theWindow(), 'offline', () => this.#doubt()),
      listen(theWindow(), 'online', look),
      listen(theWindow(), 'focus', look),
      // A device that slept may have lost its connection without a word.
      listen(theDocument(), 'visibilitychange', () => isHidden() || look()),
      () => clearTimeout(this.#check),
      () => clearTimeout(this.#back),
      () => this.#line.end(),
    );
  }

  /** Null for an encrypted channel that cannot be decrypted. */
  subscribe(name: string): Channel | null {
    return name.startsWith('private-encrypted-') && !this.client.config.nacl ? null : this.pusher.subscribe(name);
  }

  override retry(): void {
    if (!this.state.isConnected) this.#reconnect();
  }

  #haveConnected(): void {
    this.#error = null;
    // pusher-js subscribes to everything before this ends.
    this.isBack = this.#wasConnected;
    queueMicrotask(() => (this.isBack = false));
    this.#wasConnected = true;
  }

  /** Connects again unless the server answers soon. */
  #doubt(): void {
    if (!this.state.isConnected) return;
    clearTimeout(this.#check);
    this.#check = setTimeout(() => this.#reconnect(), CHECK_MS);
    this.pusher.connection.send_event('pusher:ping', {});
  }

  #comeBack(): void {
    if (this.gone.aborted) return;
    clearTimeout(this.#back);
    this.#back = setTimeout(() => this.#reconnect(), BACK_AFTER_MS * (1 + Math.random()));
    this.pusher.disconnect();
  }

  #reconnect(): void {
    clearTimeout(this.#back);
    this.#back = undefined;
    this.pusher.disconnect();
    this.pusher.connect();
  }
}

function connection(state: ConnectionState, socketId: string | null, error: RealTimeError | null = null): Connection {
  const isConnected = state === 'connected';
  const isConnecting = state === 'connecting' || state === 'initialized';
  const isDisconnected = !isConnected && !isConnecting;
  return { state, isConnected, isConnecting, isDisconnected, socketId, error: isConnected ? null : error };
}

/** What is missing for a connection. Environment variables that are not set reach us as undefined or empty. */
function faultOf({ pusherKey, pusherCluster, cluster, wsHost }: RealTimeConfig): RealTimeError | null {
  if (!pusherKey) return new RealTimeError('pusherKey is missing', 400);
  if (!(cluster ?? pusherCluster) && !wsHost) return new RealTimeError('pusherCluster or wsHost is missing', 400);
  return null;
}

/** What pusher-js says: a code and a message of Pusher, or an error of the browser that says nothing. */
function errorOf(event: unknown): RealTimeError {
  const { error = event } = event as { error?: unknown };
  const { data } = error as { data?: { code?: number; message?: string } };
  return new RealTimeError(data?.message || 'the connection failed', data?.code, undefined, event);
}

/** Only what is set: pusher-js treats a present key as a decision. */
function options(config: RealTimeConfig): Options {
  const set = PASSED_ON.filter((name) => config[name] !== undefined).map((name) => [name, config[name]]);
  return { cluster: config.cluster ?? config.pusherCluster ?? '', enableStats: false, ...Object.fromEntries(set) };
}
