import type { RealTime } from './client.js';
import { conversationChannel, conversationIdOf } from './config.js';
import type { Api } from './generated/api.js';
import type { RealTimeError } from './error.js';
import type { Message, Typing } from './generated/events.js';
import { Shared } from './shared.js';
import { storeOf, type Store } from './store.js';
import { Subscription } from './subscription.js';
import { TypingTeller } from './typing-teller.js';

/** After this long without an update, a user is no longer typing: three times the interval of updates. */
const SILENCE_MS = 6_000;
/** Typing is pushed within five seconds or not at all: so many ids are more than a conversation has in that time. */
const REMEMBERED = 256;

export interface TypingIndicator {
  /** Ids of the others who are typing, in the order in which they began. */
  typingUsers: string[];
  /** Why nobody is known to type. Temporary failures are retried. */
  error: RealTimeError | null;
  /**
   * Call it at each keystroke: others are notified every two seconds at most. `false`, or three seconds without a call,
   * notifies them that it is over.
   */
  sendTyping: (isTyping: boolean) => void;
}

export interface TypingStore extends Store<TypingState> {
  sendTyping: TypingIndicator['sendTyping'];
}

/** @param conversation its id, or the name of its channel; `null` for none */
export function typingOf(client: RealTime, conversation: string | null): TypingStore {
  const key = conversation !== null && client.config.enableTypingIndicators ? conversationIdOf(conversation) : null;
  return {
    ...storeOf(client, Writers, key),
    sendTyping: (isTyping) => {
      if (key !== null) client.peek(Writers, key)?.teller.tell(isTyping);
    },
  };
}

export type TypingState = Pick<TypingIndicator, 'typingUsers' | 'error'>;

class Writers extends Shared<TypingState> {
  static readonly initial: TypingState = { typingUsers: [], error: null };

  readonly teller = new TypingTeller((isTyping) => {
    const { gateway } = this.client;
    return gateway.tell(gateway.at`/v1/conversations/${this.key}/typing`, { isTyping } satisfies Api['Typing']);
  });
  readonly #silences = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #heardLately = new Set<string>();
  #me: string | null = null;

  override start(): void {
    const subscription = this.use(Subscription, conversationChannel(this.client.config, this.key));
    this.atStop(
      subscription.watch(() => (this.state = { ...this.state, error: subscription.state.error })),
      subscription.on<Typing>('typing', (typing) => this.#heard(typing)),
      // Whoever has sent something has stopped typing it.
      subscription.on<Message>('new-message', ({ senderId }) => this.#ended(senderId)),
      () => this.#silences.forEach((silence) => clearTimeout(silence)),
      () => this.teller.tell(false),
    );
  }

  /** A crash may repeat what was pushed shortly before: the beginning may come again after the end. */
  #heard({ id, userId, isTyping }: Typing): void {
    if (this.#heardLately.has(id)) return;
    this.#heardLately.add(id);
    for (const oldest of this.#heardLately) {
      if (this.#heardLately.size <= REMEMBERED) break;
      this.#heardLately.delete(oldest);
    }
    if (isTyping) this.#began(userId);
    else this.#ended(userId);
  }

  #began(userId: string): void {
    clearTimeout(this.#silences.get(userId));
    this.#silences.set(userId, setTimeout(() => this.#ended(userId), SILENCE_MS));
    void this.#show();
  }

  #ended(userId: string): void {
    clearTimeout(this.#silences.get(userId));
    if (this.#silences.delete(userId)) void this.#show();
  }

  async #show(): Promise<void> {
    try {
      this.#me ??= await this.client.gateway.me();
    } catch {
      // Better nobody than the user; the next typing event requests it again.
      return;
    }
    const users = [...this.#silences.keys()].filter((userId) => userId !== this.#me);
    if (users.join() !== this.state.typingUsers.join()) this.state = { ...this.state, typingUsers: users };
  }
}
