import Pusher, { type Options } from 'pusher-js';

export interface Line {
  readonly pusher: Pusher;
  /** Closes it, and leaves nothing behind. */
  end(): void;
}

/** A client of pusher-js, which connects at once. */
export function lineOf(key: string, options: Options): Line {
  // pusher-js listens to the network for every instance, and never ends that.
  const network = Pusher.Runtime.getNetwork();
  const { bind } = network;
  const unbinds: (() => void)[] = [];
  network.bind = (...binding) => {
    unbinds.push(() => network.unbind(...binding));
    return bind.apply(network, binding);
  };
  try {
    const pusher = new Pusher(key, options);
    return {
      pusher,
      end() {
        for (const unbind of unbinds) unbind();
        pusher.disconnect();
        pusher.connection.unbind_all();
        // pusher-js keeps every instance forever.
        Pusher.instances = Pusher.instances.filter((other) => other !== pusher);
      },
    };
  } finally {
    network.bind = bind;
  }
}
