import type Pusher from 'pusher-js';
import type { ConnectionState } from '../connection.js';
import type { RealTimeError } from '../error.js';
import type { Member } from '../presence.js';
import type { Line } from '../pusher.js';

type Handler = (data: unknown, meta?: unknown) => void;

export interface ClientEvent {
  channel: string;
  event: string;
  data: unknown;
}

/** What Pusher knows, for all connections of a test. */
export class FakePusher {
  readonly triggered: ClientEvent[] = [];
  readonly refusals = new Map<string, RealTimeError>();
  readonly members = new Map<string, Map<string, Member>>();
  readonly #latest = new Map<string, Map<string, unknown>>();
  readonly #connections = new Set<FakeConnection>();
  readonly #userId: string;
  #state: ConnectionState = 'connected';

  constructor(userId: string) {
    this.#userId = userId;
  }

  readonly connect = (): Line => {
    const connection = new FakeConnection(this);
    this.#connections.add(connection);
    connection.connect();
    return { pusher: connection as unknown as Pusher, end: () => this.#connections.delete(connection) };
  };

  get state(): ConnectionState {
    return this.#state;
  }

  set state(state: ConnectionState) {
    this.#state = state;
    for (const { connection } of this.#connections) connection.become(state);
  }

  push(channel: string, event: string, data: unknown): void {
    if (channel.startsWith('private-cache-')) this.latestOf(channel).set(event, data);
    for (const connection of this.#connections) connection.channels.get(channel)?.hear(event, data);
  }

  /** What a cache channel begins with. */
  latestOf(channel: string): Map<string, unknown> {
    return mine(this.#latest, channel, () => new Map());
  }

  /** The user is one of those who are there. */
  membersOf(channel: string): Map<string, Member> {
    const me = { id: this.#userId, name: this.#userId };
    return mine(this.members, channel, () => new Map([[me.id, me]]));
  }

  /** Subscribes again to a channel whose refusal has changed. */
  ask(channel: string): void {
    for (const connection of this.#connections) connection.channels.get(channel)?.end();
    for (const connection of this.#connections) connection.subscribeAll();
  }

  me(channel: string): Member | undefined {
    return this.membersOf(channel).get(this.#userId);
  }
}

function mine<T>(all: Map<string, T>, key: string, make: () => T): T {
  const known = all.get(key) ?? make();
  all.set(key, known);
  return known;
}

/** Of pusher-js's emitters, what the package uses. */
class Emitter {
  readonly #handlers = new Map<string, Set<Handler>>();
  readonly #globals = new Set<(event: string, data: unknown) => void>();

  bind(event: string, handler: Handler): void {
    mine(this.#handlers, event, () => new Set<Handler>()).add(handler);
  }

  bind_global(handler: (event: string, data: unknown) => void): void {
    this.#globals.add(handler);
  }

  unbind(event?: string, handler?: Handler): void {
    if (event === undefined) this.#handlers.clear();
    else if (handler) this.#handlers.get(event)?.delete(handler);
  }

  emit(event: string, data?: unknown): void {
    for (const handler of [...(this.#handlers.get(event) ?? [])]) handler(data, {});
    for (const handler of this.#globals) handler(event, data);
  }
}

class FakeConnection {
  readonly channels = new Map<string, FakeChannel>();
  readonly connection: FakeLine;
  readonly #server: FakePusher;

  constructor(server: FakePusher) {
    this.#server = server;
    this.connection = new FakeLine(this);
  }

  connect(): void {
    this.connection.become('connecting');
    queueMicrotask(() => this.connection.become(this.#server.state));
  }

  disconnect(): void {
    this.connection.become('disconnected');
  }

  subscribe(name: string): FakeChannel {
    const channel = mine(this.channels, name, () => new FakeChannel(name, this.#server));
    if (this.connection.state === 'connected') channel.ask();
    return channel;
  }

  subscribeAll(): void {
    for (const name of this.channels.keys()) this.subscribe(name);
  }

  unsubscribe(name: string): void {
    this.channels.get(name)?.end();
    this.channels.delete(name);
  }
}

class FakeLine extends Emitter {
  state: ConnectionState = 'initialized';
  readonly socket_id = '1.1';
  readonly #of: FakeConnection;

  constructor(of: FakeConnection) {
    super();
    this.#of = of;
  }

  send_event(): void {
    this.emit('message');
  }

  become(state: ConnectionState): void {
    if (state === this.state) return;
    const previous = this.state;
    this.state = state;
    if (state !== 'connected') this.#of.channels.forEach((channel) => channel.end());
    this.emit('state_change', { previous, current: state });
    if (state === 'connected') this.#of.subscribeAll();
  }
}

class FakeChannel extends Emitter {
  subscribed = false;
  subscriptionPending = false;
  readonly #name: string;
  readonly #server: FakePusher;
  #round = 0;

  constructor(name: string, server: FakePusher) {
    super();
    this.#name = name;
    this.#server = server;
  }

  get members() {
    const all = this.#server.membersOf(this.#name);
    return {
      me: this.#server.me(this.#name),
      each: (run: (member: { id: string; info: Member }) => void) => all.forEach((info, id) => run({ id, info })),
    };
  }

  ask(): void {
    if (this.subscribed || this.subscriptionPending) return;
    this.subscriptionPending = true;
    const round = ++this.#round;
    queueMicrotask(() => {
      if (round === this.#round) this.#answer();
    });
  }

  end(): void {
    this.#round++;
    this.subscribed = false;
    this.subscriptionPending = false;
  }

  hear(event: string, data: unknown): void {
    if (this.subscribed) this.emit(event, data);
  }

  trigger(event: string, data: unknown): boolean {
    this.#server.triggered.push({ channel: this.#name, event, data });
    return true;
  }

  #answer(): void {
    this.subscriptionPending = false;
    const refusal = this.#server.refusals.get(this.#name);
    if (refusal) {
      this.emit('pusher:subscription_error', { error: refusal.message, status: refusal.status });
      return;
    }
    this.subscribed = true;
    this.emit('pusher:subscription_succeeded', this.members);
    for (const [event, data] of this.#server.latestOf(this.#name)) this.emit(event, data);
  }
}
