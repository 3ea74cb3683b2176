import { useCallback } from 'react';
import { conversationChannel, conversationIdOf } from './config.js';
import type { Message, Typing } from './generated/events.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';
import { TypingTeller } from './typing-teller.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

/** After this long without an update, a user is no longer typing: three times the interval of updates. */
const SILENCE_MS = 6_000;
/** Typing is pushed within five seconds or not at all: so many ids are more than a conversation has in that time. */
const REMEMBERED = 256;

export interface TypingIndicator {
  /** Ids of the others who are typing, in the order in which they began. */
  typingUsers: string[];
  /**
   * Call it at each keystroke: others are notified every two seconds at most. `false`, or three seconds without a call,
   * notifies them that it is over.
   */
  sendTyping: (isTyping: boolean) => void;
}

/**
 * Who is typing in a conversation.
 *
 * @param conversation its id, or the name of its channel; `null` for none
 */
export function useTypingIndicator(conversation: string | null): TypingIndicator {
  const client = useClient('useTypingIndicator');
  const key = conversation !== null && client.config.enableTypingIndicators ? conversationIdOf(conversation) : null;
  const typingUsers = useShared(client, Writers, key);
  const sendTyping = useCallback(
    (isTyping: boolean) => {
      if (key !== null) client.peek(Writers, key)?.teller.tell(isTyping);
    },
    [client, key],
  );
  return { typingUsers, sendTyping };
}

class Writers extends Shared<string[]> {
  static readonly initial: string[] = [];

  readonly teller = new TypingTeller((isTyping) => this.client.gateway.typing(this.key, isTyping));
  readonly #silences = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #heardLately = new Set<string>();
  #me: string | null = null;

  override start(): void {
    const subscription = this.use(Subscription, conversationChannel(this.client.config, this.key));
    this.atStop(
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
    if (users.join() !== this.state.join()) this.state = users;
  }
}
