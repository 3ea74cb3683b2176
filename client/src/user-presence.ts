import type { RealTime } from './client.js';
import { RealTimeError } from './error.js';
import { withDates, type Wire } from './event-times.js';
import type { UserPresence, UserStatus } from './generated/events.js';
import { Shared } from './shared.js';
import { storeOf, type Store } from './store.js';
import { Subscription } from './subscription.js';

export interface UserPresenceState {
  /** Null until known. */
  status: UserStatus | null;
  /** Null if nothing is known about the user. */
  lastSeen: Date | null;
  /** Why that is not known. Temporary failures are retried. */
  error: RealTimeError | null;
}

export const userPresenceOf = (client: RealTime, userId: string | null): Store<UserPresenceState> =>
  storeOf(client, Whereabouts, client.config.enablePresence ? userId : null);

class Whereabouts extends Shared<UserPresenceState> {
  static readonly initial: UserPresenceState = { status: null, lastSeen: null, error: null };

  readonly #retry = this.retrying(() => void this.#ask());

  override start(): void {
    const subscription = this.use(Subscription, `private-cache-status-${this.key}`);
    this.atStop(
      subscription.onSubscribed(() => void this.#ask()),
      subscription.watch(() => this.#fail(subscription.state.error)),
      subscription.on<UserPresence>('presence', (presence) => this.#learn(presence)),
    );
  }

  async #ask(): Promise<void> {
    const before = this.state;
    // Whatever is pushed meanwhile is newer than the response.
    const isLate = () => this.gone.aborted || this.state !== before;
    try {
      const { gateway } = this.client;
      const asked = gateway.ask<Wire<UserPresence>>(gateway.at`/v1/presence/users/${this.key}`, this.gone);
      const presence = withDates('presence', await asked);
      if (!isLate()) this.#learn(presence);
    } catch (thrown) {
      const error = RealTimeError.of(thrown);
      if (isLate()) return;
      // Users whom the aggregator does not know have been offline for a long time.
      if (error.status === 404) this.#learn({ status: 'offline', lastSeen: null });
      else {
        this.#retry.after(error);
        this.#fail(error);
      }
    }
  }

  #learn({ status, lastSeen }: Pick<UserPresenceState, 'status' | 'lastSeen'>): void {
    this.#retry.done();
    this.state = { status, lastSeen, error: null };
  }

  #fail(error: RealTimeError | null): void {
    if (error !== this.state.error) this.state = { ...this.state, error };
  }
}
