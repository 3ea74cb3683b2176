import type { Channel, Members } from 'pusher-js';
import { RealTimeError } from './error.js';
import { withDates } from './event-times.js';
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

type Bound = (data: never, meta?: EventMeta) => void;

interface SubscriptionError {
  error: string;
  status?: number;
}

interface Move {
  channel: string;
}

const WAITING: SubscriptionState = { isSubscribed: false, error: null };
const SUBSCRIBED: SubscriptionState = { isSubscribed: true, error: null };

/** What the worker, or the gateway's authorization, says about a conversation that somebody has left. */
const MOVED = 'conversation-moved';

/**
 * One channel, subscribed once for all its users, and again after each reconnect. A conversation that somebody has left
 * goes on in the channel of its present members: what comes there is passed on as if it came here.
 */
export class Subscription extends Shared<SubscriptionState> {
  static readonly initial = WAITING;

  readonly #socket = this.use(Socket, '');
  readonly #channel: Channel = this.#socket.pusher.subscribe(this.key);
  readonly #retry = new Retry(() => this.#socket.pusher.subscribe(this.key));
  readonly #bindings = new Map<Bound, string>();
  #moved: Channel | null = null;
  readonly #movedRetry = new Retry(() => this.#moved && this.#socket.pusher.subscribe(this.#moved.name));

  override start(): void {
    this.#channel.bind('pusher:subscription_succeeded', () => {
      this.#retry.done();
      this.state = SUBSCRIBED;
    });
    this.#channel.bind(MOVED, ({ channel }: Move) => this.#follow(channel));
    this.#channel.bind('pusher:subscription_error', ({ error, status }: SubscriptionError) => {
      this.#unfollow();
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
        handler(withDates(event, data) as T, meta ?? {});
      } catch (thrown) {
        // Reported as uncaught, but the other handlers still receive the event.
        reportError(thrown);
      }
    };
    this.#bindings.set(bound, event);
    this.#channel.bind(event, bound);
    this.#moved?.bind(event, bound);
    return () => {
      this.#bindings.delete(bound);
      this.#channel.unbind(event, bound);
      this.#moved?.unbind(event, bound);
    };
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
    return this.state.isSubscribed && (this.#moved ?? this.#channel).trigger(event, data);
  }

  #follow(name: string): void {
    if (name === this.#moved?.name) return;
    this.#unfollow();
    const moved = this.#socket.pusher.subscribe(name);
    this.#moved = moved;
    this.#bindings.forEach((event, bound) => moved.bind(event, bound));
    moved.bind('pusher:subscription_succeeded', () => this.#movedRetry.done());
    // The gateway may learn of the members a moment after the worker, so even a refusal may pass.
    moved.bind('pusher:subscription_error', ({ error }: SubscriptionError) => {
      if (moved === this.#moved) this.#movedRetry.after(new RealTimeError(error));
    });
  }

  #unfollow(): void {
    this.#movedRetry.done();
    if (this.#moved !== null) this.#forget(this.#moved);
    this.#moved = null;
  }

  #leave(): void {
    this.#retry.done();
    this.#unfollow();
    this.#forget(this.#channel);
  }

  #forget(channel: Channel): void {
    channel.unbind();
    if (channel.subscriptionPending) {
      // pusher-js would wait for the answer, forget this when the connection drops first, and subscribe again then.
      channel.subscriptionPending = false;
      channel.subscribed = true;
    }
    this.#socket.pusher.unsubscribe(channel.name);
  }
}
