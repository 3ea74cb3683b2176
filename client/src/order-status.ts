import { channelNames } from './channel-names.js';
import type { RealTime } from './client.js';
import type { RealTimeError } from './error.js';
import type { OrderUpdate } from './generated/events.js';
import { Shared } from './shared.js';
import { storeOf, type Store } from './store.js';
import { Subscription } from './subscription.js';

export interface OrderStatusState {
  /** The latest update since the channel was subscribed; null before the first. */
  update: OrderUpdate | null;
  isSubscribed: boolean;
  /** Why it is not subscribed. Temporary failures are retried. */
  error: RealTimeError | null;
}

export const orderStatusOf = (client: RealTime, orderId: string | null): Store<OrderStatusState> =>
  storeOf(client, Order, orderId);

class Order extends Shared<OrderStatusState> {
  static readonly initial: OrderStatusState = { update: null, isSubscribed: false, error: null };

  override start(): void {
    const subscription = this.use(Subscription, channelNames.order(this.key));
    const show = () => (this.state = { ...this.state, ...subscription.state });
    show();
    this.atStop(
      subscription.watch(show),
      subscription.on<OrderUpdate>('order-status', (update) => {
        const { update: known } = this.state;
        // A crash may repeat what was pushed shortly before.
        if (!known || update.updatedAt > known.updatedAt) this.state = { ...this.state, update };
      }),
    );
  }
}
