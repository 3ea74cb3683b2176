import type { RealTimeConfig } from './config.js';
import { Gateway } from './gateway.js';
import type { Kind, Lease, Shared } from './shared.js';

interface Place {
  readonly it: Shared<unknown>;
  holders: number;
}

/** What the hooks below one provider share. Creating one has no effects, so a server may render with it. */
export class RealTime {
  readonly config: RealTimeConfig;
  readonly gateway: Gateway;
  readonly #places = new Map<unknown, Map<string, Place>>();

  constructor(config: RealTimeConfig) {
    const { enablePresence = true, enableTypingIndicators = true } = config;
    this.config = { ...config, enablePresence, enableTypingIndicators };
    this.gateway = new Gateway(config);
  }

  /** The one instance of `kind` for `key`, which lives at least until it is released. */
  hold<T extends Shared<unknown>>(kind: Kind<T>, key: string): Lease<T> {
    let places = this.#places.get(kind);
    if (places === undefined) this.#places.set(kind, (places = new Map()));
    let place = places.get(key);
    if (place === undefined) {
      places.set(key, (place = { it: new kind(this, key, kind.initial), holders: 0 }));
      place.it.start();
    }
    return { it: place.it as T, release: lease(place, () => places.delete(key)) };
  }

  peek<T extends Shared<unknown>>(kind: Kind<T>, key: string): T | undefined {
    return this.#places.get(kind)?.get(key)?.it as T | undefined;
  }
}

/** Adds a holder of `place`. After the last release it stops and is removed. */
function lease(place: Place, forget: () => void): () => void {
  let held = true;
  place.holders++;
  const endUnlessHeld = () => {
    if (place.holders > 0) return;
    forget();
    place.it.stop();
  };
  return () => {
    if (!held) return;
    held = false;
    place.holders--;
    // Not at once: a component that is replaced, or mounted twice by strict mode, needs the same again soon.
    if (place.holders === 0) setTimeout(endUnlessHeld);
  };
}
