import { RealTimeError } from './error.js';
import type { UserPresence, UserStatus } from './generated/events.js';
import { Retry } from './retry.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

export interface UserPresenceState {
  /** Null until known. */
  status: UserStatus | null;
  /** Null if nothing is known about the user. */
  lastSeen: Date | null;
}

/** Whether a user is online; `null` for no user. */
export function useUserPresence(userId: string | null): UserPresenceState {
  const client = useClient('useUserPresence');
  return useShared(client, Whereabouts, client.config.enablePresence ? userId : null);
}

class Whereabouts extends Shared<UserPresenceState> {
  static readonly initial: UserPresenceState = { status: null, lastSeen: null };

  readonly #retry = new Retry(() => void this.#ask());

  override start(): void {
    const subscription = this.use(Subscription, `private-cache-status-${this.key}`);
    this.atStop(
      subscription.onSubscribed(() => void this.#ask()),
      subscription.on<UserPresence>('presence', (presence) => this.#learn(presence)),
      () => this.#retry.done(),
    );
  }

  async #ask(): Promise<void> {
    const before = this.state;
    // Whatever is pushed meanwhile is newer than the response.
    const isLate = () => this.gone.aborted || this.state !== before;
    try {
      const presence = await this.client.gateway.userPresence(this.key, this.gone);
      if (!isLate()) this.#learn(presence);
    } catch (thrown) {
      const error = RealTimeError.of(thrown);
      if (isLate()) return;
      // Users whom the aggregator does not know have been offline for a long time.
      if (error.status === 404) this.#learn({ status: 'offline', lastSeen: null });
      else this.#retry.after(error);
    }
  }

  #learn({ status, lastSeen }: UserPresenceState): void {
    this.#retry.done();
    this.state = { status, lastSeen };
  }
}
