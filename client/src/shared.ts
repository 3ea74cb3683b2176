import type { RealTime } from './client.js';
import { Retry } from './retry.js';

/** State that components share: it starts with the first of them and stops after the last. */
export abstract class Shared<S> {
  protected readonly client: RealTime;
  readonly key: string;
  readonly #watchers = new Set<() => void>();
  readonly #ends: (() => void)[] = [];
  readonly #retries: Retry[] = [];
  readonly #used: Shared<unknown>[] = [];
  readonly #gone = new AbortController();
  #state: S;

  constructor(client: RealTime, key: string, initial: S) {
    this.client = client;
    this.key = key;
    this.#state = initial;
  }

  get state(): S {
    return this.#state;
  }

  protected set state(next: S) {
    if (Object.is(this.#state, next)) return;
    this.#state = next;
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** Calls `watcher` at each change, until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  abstract start(): void;

  stop(): void {
    this.#gone.abort();
    for (const end of this.#ends) end();
  }

  /** Aborted once this has stopped: later responses are ignored. */
  protected get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Dependencies, held until this stops. */
  protected use<T extends Shared<unknown>>(kind: Kind<T>, key: string): T {
    const { it, release } = this.client.hold(kind, key);
    this.atStop(release);
    this.#used.push(it);
    return it;
  }

  /** A retry that ends when this stops. */
  protected retrying(again: () => void): Retry {
    const retry = new Retry(this.client.failed, again);
    this.#retries.push(retry);
    this.atStop(() => retry.done());
    return retry;
  }

  /** Retries at once whatever has failed, here or in what this uses. */
  retry(): void {
    for (const retry of this.#retries) retry.now();
    for (const used of this.#used) used.retry();
  }

  protected atStop(...ends: (() => void)[]): void {
    this.#ends.push(...ends);
  }
}

/** One kind of shared state; there is one instance per key. */
export interface Kind<T extends Shared<unknown>> {
  /** The state before it has started, and on a server. */
  readonly initial: T['state'];
  new (client: RealTime, key: string, initial: T['state']): T;
}

export interface Lease<T> {
  readonly it: T;
  release(): void;
}
