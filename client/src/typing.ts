import { useCallback } from 'react';
import { conversationChannel } from './config.js';
import type { Message, Typing } from './generated/events.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';
import { TypingTeller } from './typing-teller.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

/** Without a word for so long, somebody is not typing any more: three times as long as sign of life takes. */
const SILENCE_MS = 6_000;

export interface TypingIndicator {
  /** Ids of the others who are typing, whoever began first in front. */
  typingUsers: readonly string[];
  /**
   * To be called at each keystroke: others are told every two seconds at most. `false`, or three seconds without a
   * call, tells them that it is over.
   */
  sendTyping: (isTyping: boolean) => void;
}

/** Who is typing in a conversation; `null` is none. */
export function useTypingIndicator(conversationId: string | null): TypingIndicator {
  const client = useClient('useTypingIndicator');
  const key = client.config.enableTypingIndicators ? conversationId : null;
  const typingUsers = useShared(client, Writers, key);
  const sendTyping = useCallback(
    (isTyping: boolean) => {
      if (key !== null) client.peek(Writers, key)?.teller.tell(isTyping);
    },
    [client, key],
  );
  return { typingUsers, sendTyping };
}

class Writers extends Shared<readonly string[]> {
  static readonly initial: readonly string[] = [];

  readonly teller = new TypingTeller((isTyping) => this.client.gateway.typing(this.key, isTyping));
  readonly #silences = new Map<string, ReturnType<typeof setTimeout>>();
  #me: string | null = null;

  override start(): void {
    const subscription = this.use(Subscription, conversationChannel(this.client.config, this.key));
    this.atStop(
      subscription.on<Typing>('typing', ({ userId, isTyping }) => (isTyping ? this.#began(userId) : this.#ended(userId))),
      // Whoever has sent something has stopped typing it.
      subscription.on<Message>('new-message', ({ senderId }) => this.#ended(senderId)),
      () => this.#silences.forEach((silence) => clearTimeout(silence)),
      () => this.teller.tell(false),
    );
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
      // Better nobody than oneself; the next one who types has it asked again.
      return;
    }
    const users = [...this.#silences.keys()].filter((userId) => userId !== this.#me);
    if (users.join() !== this.state.join()) this.state = users;
  }
}
