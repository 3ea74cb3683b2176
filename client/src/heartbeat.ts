import { Shared } from './shared.js';

/** Well within the two minutes after which somebody counts as away. */
const EVERY_MS = 60_000;

/** As many channels as one request takes. */
const CHANNELS_A_BEAT = 20;

/** Tells the gateway which presence channels one is still on, and whether the page is being looked at. */
export class Heartbeat extends Shared<null> {
  static readonly initial = null;

  readonly #channels = new Map<string, () => boolean>();

  /** @param isSubscribed whether one is on it just now: of another the gateway would not want to hear */
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
      // The next beat says the same again.
      this.client.gateway.heartbeat(channels.slice(from, from + CHANNELS_A_BEAT), change).catch(() => {});
    }
  }
}
