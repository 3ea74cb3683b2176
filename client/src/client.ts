import type { RealTimeConfig } from './config.js';
import { Gateway } from './gateway.js';
import { OwnPresence } from './own-presence.js';
import { lineOf } from './pusher.js';
import type { Retry } from './retry.js';
import type { Kind, Lease, Shared } from './shared.js';
import { Socket } from './socket.js';

interface Place {
  readonly it: Shared<unknown>;
  holders: number;
  end: ReturnType<typeof setTimeout> | undefined;
}

/** What stores of one connection share. Creating one has no effects, so a server may render with it. */
export class RealTime {
  readonly config: RealTimeConfig;
  readonly gateway: Gateway;
  readonly connect: typeof lineOf;
  /** What has failed, and not succeeded since. */
  readonly failed = new Set<Retry>();
  readonly #places = new Map<unknown, Map<string, Place>>();

  constructor(config: RealTimeConfig, gateway = new Gateway(config), connect = lineOf) {
    const { enablePresence = true, enableTypingIndicators = true } = config;
    this.config = { ...config, enablePresence, enableTypingIndicators };
    this.gateway = gateway;
    this.connect = connect;
  }

  /** Connects, until the returned function is called. */
  open(): () => void {
    const leases = [this.hold(Socket, ''), ...(this.config.enablePresence ? [this.hold(OwnPresence, '')] : [])];
    return () => leases.forEach((lease) => lease.release());
  }

  /** The one instance of `kind` for `key`, which lives at least until it is released. */
  hold<T extends Shared<unknown>>(kind: Kind<T>, key: string): Lease<T> {
    let places = this.#places.get(kind);
    if (places === undefined) this.#places.set(kind, (places = new Map()));
    let place = places.get(key);
    if (place === undefined) {
      places.set(key, (place = { it: new kind(this, key, kind.initial), holders: 0, end: undefined }));
      place.it.start();
    }
    return { it: place.it as T, release: lease(place, () => places.delete(key)) };
  }

  peek<T extends Shared<unknown>>(kind: Kind<T>, key: string): T | undefined {
    return this.#places.get(kind)?.get(key)?.it as T | undefined;
  }

  /** Retries at once what failed for a reason that may be gone. */
  wake(): void {
    for (const retry of [...this.failed]) retry.wake();
  }

  /** From now on, this is where tokens come from; whatever was refused for want of one is retried. */
  tokenFrom(source: RealTimeConfig['token']): void {
    const { tokens } = this.gateway;
    if (source === tokens.source) return;
    tokens.source = source;
    tokens.forget();
    if (this.failed.size === 0) return;
    tokens.another().then(
      (token) => token && this.wake(),
      () => {},
    );
  }
}

/** Adds a holder of `place`. Some time after the last release it stops and is removed. */
function lease(place: Place, forget: () => void): () => void {
  let held = true;
  place.holders++;
  clearTimeout(place.end);
  return () => {
    if (!held) return;
    held = false;
    place.holders--;
    if (place.holders > 0) return;
    // Not at once: a component that is replaced, or mounted twice by strict mode, needs the same again soon.
    place.end = setTimeout(() => {
      forget();
      place.it.stop();
    });
  };
}
