import { channelNames } from './channel-names.js';
import type { RealTime } from './client.js';
import { RealTimeError } from './error.js';
import { withDates, type Wire } from './event-times.js';
import type { OrderUpdate } from './generated/events.js';
import { Shared } from './shared.js';
import { storeOf, type Store } from './store.js';
import { Subscription } from './subscription.js';

/** For the connection to be made before the first request: what is pushed meanwhile need not be asked for again. */
const PATIENCE_MS = 1_000;

export interface OrderStatusState {
  /** The latest status; null while it is not known. */
  update: OrderUpdate | null;
  /** Whether it is being asked for. */
  isLoading: boolean;
  isSubscribed: boolean;
  /** Why the channel is not subscribed, or the status could not be fetched. Temporary failures are retried. */
  error: RealTimeError | null;
}

const NONE: OrderStatusState = { update: null, isLoading: false, isSubscribed: false, error: null };

export function orderStatusOf(client: RealTime, orderId: string | null): Store<OrderStatusState> {
  const store = storeOf(client, Order, orderId);
  return orderId === null ? { ...store, initial: NONE, get: () => NONE } : store;
}

class Order extends Shared<OrderStatusState> {
  // In full: a copy would keep all of this in pages that use none of it.
  static readonly initial: OrderStatusState = { update: null, isLoading: true, isSubscribed: false, error: null };

  readonly #retry = this.retrying(() => void this.#ask());
  #asked = 0;
  #error: RealTimeError | null = null;
  #subscription: Subscription | undefined;

  override start(): void {
    const subscription = (this.#subscription = this.use(Subscription, channelNames.order(this.key)));
    const patience = setTimeout(() => void this.#ask(), PATIENCE_MS);
    this.#show({});
    this.atStop(
      () => clearTimeout(patience),
      subscription.watch(() => this.#show({})),
      // Whatever was pushed before is told only to those who ask.
      subscription.onSubscribed(() => {
        clearTimeout(patience);
        void this.#ask();
      }),
      subscription.on<OrderUpdate>('order-status', (update) => this.#learn(update)),
    );
  }

  async #ask(): Promise<void> {
    const round = ++this.#asked;
    const { gateway } = this.client;
    this.#show({ isLoading: true });
    let update: OrderUpdate | null = null;
    let error: RealTimeError | null = null;
    try {
      const asked = gateway.ask<Wire<OrderUpdate>>(gateway.at`/v1/orders/${this.key}`, this.gone);
      update = withDates('order-status', await asked);
    } catch (thrown) {
      error = RealTimeError.of(thrown);
      // No event has told its status yet.
      if (error.status === 404) error = null;
    }
    if (this.gone.aborted || round !== this.#asked) return;
    this.#error = error;
    if (error) this.#retry.after(error);
    else this.#retry.done();
    if (update) this.#learn(update);
    this.#show({ isLoading: false });
  }

  /** A crash may repeat what was pushed shortly before, and the gateway may not have read what was pushed. */
  #learn(update: OrderUpdate): void {
    const { update: known } = this.state;
    if (!known || update.updatedAt >= known.updatedAt) this.#show({ update });
  }

  #show(change: Partial<OrderStatusState>): void {
    const { isSubscribed, error } = this.#subscription!.state;
    this.state = { ...this.state, ...change, isSubscribed, error: error ?? this.#error };
  }
}
