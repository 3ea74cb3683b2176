import { RealTimeError } from './error.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';

/**
 * Shows others that the user is online: reports the user's own presence channel while the page is open. The subscription
 * lets Pusher notice when it is closed.
 */
export class OwnPresence extends Shared<null> {
  static readonly initial = null;

  readonly #retry = this.retrying(() => void this.#join());

  override start(): void {
    void this.#join();
  }

  async #join(): Promise<void> {
    try {
      const me = await this.client.gateway.me();
      this.#retry.done();
      if (me !== null && !this.gone.aborted) this.use(Subscription, `presence-user-${me}`);
    } catch (thrown) {
      // The hooks report what is wrong with the token.
      if (!this.gone.aborted) this.#retry.after(RealTimeError.of(thrown));
    }
  }
}
