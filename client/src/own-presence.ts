import { RealTimeError } from './error.js';
import { Retry } from './retry.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';

/** Lets others see that one is here: on one's own presence channel for as long as the page is open. */
export class OwnPresence extends Shared<null> {
  static readonly initial = null;

  readonly #retry = new Retry(() => void this.#join());

  override start(): void {
    this.atStop(() => this.#retry.done());
    void this.#join();
  }

  async #join(): Promise<void> {
    try {
      const me = await this.client.gateway.me();
      if (me !== null && !this.gone.aborted) this.use(Subscription, `presence-user-${me}`);
    } catch (thrown) {
      // What is wrong with the token, the hooks say.
      if (!this.gone.aborted) this.#retry.after(RealTimeError.of(thrown));
    }
  }
}
