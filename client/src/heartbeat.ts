import { Shared } from './shared.js';

/** Well within the two minutes after which a user counts as away. */
const EVERY_MS = 60_000;

/** As many channels as one request accepts. */
const CHANNELS_A_BEAT = 20;

/** Reports to the gateway which presence channels the user is on, and whether the page is visible. */
export class Heartbeat extends Shared<null> {
  static readonly initial = null;

  readonly #channels = new Map<string, () => boolean>();

  /** @param isSubscribed whether it is subscribed right now: the gateway rejects others */
  join(channel: string, isSubscribed: () => boolean): () => void {
    this.#channels.set(channel, isSubscribed);
    return () => this.#channels.delete(channel);
  }

  override start(): void {
    const beat = () => this.#beat();
    const timer = setInterval(beat, EVERY_MS);
    document.addEventListener('visibilitychange', beat, { signal: this.gone });
    this.atStop(() => clearInterval(timer));
  }

  #beat(): void {
    const channels = [...this.#channels].flatMap(([channel, isSubscribed]) => (isSubscribed() ? channel : []));
    const change = document.visibilityState === 'hidden' ? 'AWAY' : 'SEEN';
    for (let from = 0; from < channels.length; from += CHANNELS_A_BEAT) {
      // The next heartbeat repeats it.
      this.client.gateway.heartbeat(channels.slice(from, from + CHANNELS_A_BEAT), change).catch(() => {});
    }
  }
}
