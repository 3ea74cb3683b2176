import { Shared } from './shared.js';
import { Subscription } from './subscription.js';

/** Lets others see that one is here: on one's own presence channel for as long as the page is open. */
export class OwnPresence extends Shared<null> {
  static readonly initial = null;

  override async start(): Promise<void> {
    // Without a token that works nobody can be told; the hooks say so.
    const me = await this.client.gateway.me().catch(() => null);
    if (me !== null && !this.gone.aborted) this.use(Subscription, `presence-user-${me}`);
  }
}
