import type { Channel, Members } from 'pusher-js';
import { report } from './environment.js';
import { RealTimeError } from './error.js';
import { withDates } from './event-times.js';
import { Heartbeat } from './heartbeat.js';
import { Shared, type Lease } from './shared.js';
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
const MEMBERS = /^private-(encrypted-)?members-/;

/**
 * One channel, subscribed once for all its users, and again after each reconnect. A conversation that somebody has left
 * goes on in the channel of its present members: what comes there is passed on as if it came here.
 */
export class Subscription extends Shared<SubscriptionState> {
  static readonly initial = WAITING;

  readonly #socket = this.use(Socket, '');
  /** Null if it cannot be decrypted. */
  readonly channel: Channel | null = this.#socket.subscribe(this.key);
  readonly #retry = this.retrying(() => this.#socket.subscribe(this.key));
  readonly #bindings = new Map<Bound, string>();
  #moved: Lease<Subscription> | null = null;

  override start(): void {
    if (this.channel === null) {
      const why = `${this.key} is encrypted: set nacl to the module tweetnacl`;
      this.state = { isSubscribed: false, error: new RealTimeError(why, 400) };
      return;
    }
    this.channel.bind('pusher:subscription_succeeded', () => {
      this.#retry.done();
      this.state = SUBSCRIBED;
    });
    this.channel.bind(MOVED, ({ channel }: Move) => this.#follow(channel));
    this.channel.bind('pusher:subscription_error', ({ error, status }: SubscriptionError) => {
      this.#unfollow();
      const reason = this.#socket.refusal ?? new RealTimeError(error, status);
      this.state = { isSubscribed: false, error: reason };
      // The gateway may learn of the members a moment after the worker, so even a refusal may pass.
      this.#retry.after(MEMBERS.test(this.key) ? new RealTimeError(error) : reason);
    });
    let { isConnected } = this.#socket.state;
    this.atStop(
      this.#socket.watch(() => {
        if (this.#socket.state.isConnected === isConnected) return;
        isConnected = !isConnected;
        // A new connection subscribes to everything by itself.
        this.#retry.done();
        if (!isConnected && this.state.isSubscribed) this.state = WAITING;
      }),
      () => this.#leave(),
    );
    if (this.client.config.enablePresence && this.key.startsWith('presence-')) {
      this.atStop(this.use(Heartbeat, '').join(this.key));
    }
  }

  /** The members of a presence channel; empty for other channels, or before it is subscribed. */
  get members(): Members | undefined {
    return this.state.isSubscribed ? (this.channel as { members?: Members } | null)?.members : undefined;
  }

  on<T>(event: string, handler: (data: T, meta: EventMeta) => void): () => void {
    // One function per binding: pusher-js unbinds by function, and would unbind every other use of the same one.
    const bound = (data: T, meta?: EventMeta) => {
      try {
        handler(withDates(event, data) as T, meta ?? {});
      } catch (thrown) {
        // Reported as uncaught, but the other handlers still receive the event.
        report(thrown);
      }
    };
    this.#bindings.set(bound, event);
    this.channel?.bind(event, bound);
    this.#moved?.it.channel?.bind(event, bound);
    return () => {
      this.#bindings.delete(bound);
      this.channel?.unbind(event, bound);
      this.#moved?.it.channel?.unbind(event, bound);
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
    return this.state.isSubscribed && !!(this.#moved?.it ?? this).channel?.trigger(event, data);
  }

  #follow(name: string): void {
    if (name === this.#moved?.it.key) return;
    this.#unfollow();
    const { it } = (this.#moved = this.client.hold(Subscription, name));
    this.#bindings.forEach((event, bound) => it.channel?.bind(event, bound));
  }

  #unfollow(): void {
    const moved = this.#moved;
    this.#moved = null;
    this.#bindings.forEach((event, bound) => moved?.it.channel?.unbind(event, bound));
    moved?.release();
  }

  #leave(): void {
    this.#unfollow();
    const channel = this.channel!;
    channel.unbind();
    if (channel.subscriptionPending) {
      // pusher-js would wait for the answer, forget this when the connection drops first, and subscribe again then.
      channel.subscriptionPending = false;
      channel.subscribed = true;
    }
    this.#socket.pusher.unsubscribe(this.key);
  }
}
