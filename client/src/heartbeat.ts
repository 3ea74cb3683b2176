import { isHidden, listen, theDocument } from './environment.js';
import type { Api } from './generated/api.js';
import { Shared } from './shared.js';

/** Well within the two minutes after which a user counts as away. */
const EVERY_MS = 60_000;

/** A page that is reloaded is hidden for a moment, too, and those who glance at another tab are still there. */
const HIDDEN_MS = 5_000;

/** As many channels as one request accepts. */
const CHANNELS_A_BEAT = 20;

/**
 * Reports to the gateway which presence channels the page shows, and whether it is visible: when it begins to, and again
 * and again. Whether Pusher admits the user to them does not matter.
 */
export class Heartbeat extends Shared<null> {
  static readonly initial = null;

  readonly #channels = new Set<string>();
  #joined: string[] = [];
  #hidden: ReturnType<typeof setTimeout> | undefined;
  #told: 'SEEN' | 'AWAY' = 'SEEN';

  join(channel: string): () => void {
    this.#channels.add(channel);
    this.#joined.push(channel);
    // With all that the same page joins.
    if (this.#joined.length === 1) queueMicrotask(() => this.#beat(this.#joined.splice(0)));
    return () => this.#channels.delete(channel);
  }

  override start(): void {
    const beat = () => this.#beat([...this.#channels]);
    const timer = setInterval(beat, EVERY_MS);
    const look = () => {
      clearTimeout(this.#hidden);
      if (isHidden()) this.#hidden = setTimeout(beat, HIDDEN_MS);
      else if (this.#told === 'AWAY') beat();
    };
    this.atStop(
      listen(theDocument(), 'visibilitychange', look),
      () => clearInterval(timer),
      () => clearTimeout(this.#hidden),
    );
  }

  #beat(all: string[]): void {
    const channels = all.filter((channel) => this.#channels.has(channel));
    const change = (this.#told = isHidden() ? 'AWAY' : 'SEEN');
    for (let from = 0; from < channels.length; from += CHANNELS_A_BEAT) {
      // The next heartbeat repeats it.
      const body: Api['Heartbeat'] = { channels: channels.slice(from, from + CHANNELS_A_BEAT), change };
      this.client.gateway.tell(this.client.gateway.at`/v1/presence`, body).catch(() => {});
    }
  }
}
