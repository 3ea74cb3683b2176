import { Shared } from './shared.js';
import { Socket } from './socket.js';

/** Well within the two minutes after which somebody counts as away. */
const EVERY_MS = 60_000;

/** As many channels as one request takes. */
const CHANNELS_A_BEAT = 20;

/** Tells the gateway which presence channels one is still on, and whether the page is being looked at. */
export class Heartbeat extends Shared<null> {
  static readonly initial = null;

  readonly #channels = new Set<string>();

  join(channel: string): () => void {
    this.#channels.add(channel);
    return () => this.#channels.delete(channel);
  }

  override start(): void {
    const socket = this.use(Socket, '');
    const beat = () => socket.state.isConnected && this.#beat();
    const timer = setInterval(beat, EVERY_MS);
    document.addEventListener('visibilitychange', beat, { signal: this.gone });
    this.atStop(() => clearInterval(timer));
  }

  #beat(): void {
    const channels = [...this.#channels];
    const change = document.visibilityState === 'hidden' ? 'AWAY' : 'SEEN';
    for (let from = 0; from < channels.length; from += CHANNELS_A_BEAT) {
      // The next beat says the same again.
      this.client.gateway.heartbeat(channels.slice(from, from + CHANNELS_A_BEAT), change).catch(() => {});
    }
  }
}
