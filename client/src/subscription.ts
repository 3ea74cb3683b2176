import type { Channel, Members } from 'pusher-js';
import { RealTimeError } from './error.js';
import { Heartbeat } from './heartbeat.js';
import { Retry } from './retry.js';
import { Shared } from './shared.js';
import { Socket } from './socket.js';

/** What Pusher says about an event: on client events of presence channels, who sent it. */
export interface EventMeta {
  user_id?: string;
}

export interface SubscriptionState {
  isSubscribed: boolean;
  error: RealTimeError | null;
}

const WAITING: SubscriptionState = { isSubscribed: false, error: null };
const SUBSCRIBED: SubscriptionState = { isSubscribed: true, error: null };

/** One channel, subscribed once for all its users, and again after each reconnect. */
export class Subscription extends Shared<SubscriptionState> {
  static readonly initial = WAITING;

  readonly #socket = this.use(Socket, '');
  readonly #channel: Channel = this.#socket.pusher.subscribe(this.key);
  readonly #retry = new Retry(() => this.#socket.pusher.subscribe(this.key));

  override start(): void {
    this.on('pusher:subscription_succeeded', () => {
      this.#retry.done();
      this.state = SUBSCRIBED;
    });
    this.on('pusher:subscription_error', ({ error, status }: { error: string; status?: number }) => {
      const reason = this.#socket.refusal ?? new RealTimeError(error, status);
      this.state = { isSubscribed: false, error: reason };
      this.#retry.after(reason);
    });
    this.atStop(
      this.#socket.watch(() => {
        // A new connection subscribes to everything by itself.
        this.#retry.done();
        if (!this.#socket.state.isConnected && this.state.isSubscribed) this.state = WAITING;
      }),
      () => this.#leave(),
    );
    if (this.client.config.enablePresence && this.key.startsWith('presence-')) {
      this.atStop(this.use(Heartbeat, '').join(this.key));
    }
  }

  /** The members of a presence channel; empty for other channels, or before it is subscribed. */
  get members(): Members | undefined {
    return this.state.isSubscribed ? (this.#channel as Partial<{ members: Members }>).members : undefined;
  }

  on<T>(event: string, handler: (data: T, meta: EventMeta) => void): () => void {
    // One function per binding: pusher-js unbinds by function, and would unbind every other use of the same one.
    const bound = (data: T, meta?: EventMeta) => {
      try {
        handler(data, meta ?? {});
      } catch (thrown) {
        // Reported as uncaught, but the other handlers still receive the event.
        reportError(thrown);
      }
    };
    this.#channel.bind(event, bound);
    return () => this.#channel.unbind(event, bound);
  }

  /** Calls `handler` after each subscription, the current one included: earlier pushes were missed. */
  onSubscribed(handler: () => void): () => void {
    let watching = true;
    const unwatch = this.on('pusher:subscription_succeeded', handler);
    if (this.state.isSubscribed) queueMicrotask(() => watching && handler());
    return () => {
      watching = false;
      unwatch();
    };
  }

  trigger(event: string, data: unknown): boolean {
    return this.state.isSubscribed && this.#channel.trigger(event, data);
  }

  #leave(): void {
    this.#retry.done();
    this.#channel.unbind();
    if (this.#channel.subscriptionPending) {
      // pusher-js would wait for the answer, forget this when the connection drops first, and subscribe again then.
      this.#channel.subscriptionPending = false;
      this.#channel.subscribed = true;
    }
    this.#socket.pusher.unsubscribe(this.key);
  }
}
