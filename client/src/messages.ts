import { useCallback, useEffect, useRef } from 'react';
import { conversationChannel } from './config.js';
import type { Message } from './generated/events.js';
import { RealTimeError } from './error.js';
import { Retry } from './retry.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';
import { merged } from './timeline.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

/**
 * Asks the service that owns the messages for those after `since`; null asks for the latest there are. What is known
 * already may be among them.
 */
export type FetchMissed = (
  conversationId: string,
  since: Message | null,
  signal: AbortSignal,
) => Promise<readonly Message[]>;

export interface MessagesOptions {
  /** Asked at the first subscription, and after each reconnect from the last message that was heard before. */
  fetchMissed?: FetchMissed;
}

export interface Messages {
  /** By time, then by id; one entry an id. One with `truncated` was cut to what a push can carry. */
  messages: readonly Message[];
  /** Adds what came another way: one's own message, or a page of older ones. */
  add: (...messages: Message[]) => void;
  /** Whether what was missed is being asked for. */
  isLoading: boolean;
  /** Why the channel is not subscribed, or why it is not known what was missed. What may pass is tried again. */
  error: RealTimeError | null;
}

/** The messages of a conversation; `null` is none. */
export function useMessages(conversationId: string | null, { fetchMissed }: MessagesOptions = {}): Messages {
  const client = useClient('useMessages');
  const state = useShared(client, Conversation, conversationId);

  const latest = useRef(fetchMissed);
  useEffect(() => {
    latest.current = fetchMissed;
  });
  const canFetch = fetchMissed !== undefined;
  useEffect(() => {
    if (conversationId === null || !canFetch) return;
    const { it, release } = client.hold(Conversation, conversationId);
    const leave = it.offer(async (...asked) => latest.current?.(...asked) ?? []);
    return () => {
      leave();
      release();
    };
  }, [client, conversationId, canFetch]);

  const add = useCallback(
    (...more: Message[]) => {
      if (conversationId !== null) client.peek(Conversation, conversationId)?.add(more);
    },
    [client, conversationId],
  );
  return { ...state, add };
}

type ConversationState = Omit<Messages, 'add'>;

class Conversation extends Shared<ConversationState> {
  static readonly initial: ConversationState = { messages: [], isLoading: false, error: null };

  readonly #fetchers = new Set<FetchMissed>();
  readonly #retry = new Retry(() => void this.#close());
  /** Where messages may be missing; it stays until they have come. */
  #gap: { since: Message | null } | null = null;
  /** The latest up to which none is missing, and none that was only added here. */
  #heard: Message | null = null;

  override start(): void {
    const subscription = this.use(Subscription, conversationChannel(this.client.config, this.key));
    const showError = () => this.#set({ error: subscription.state.error });
    showError();
    this.atStop(
      subscription.on<Message>('new-message', (message) => this.#hear([message])),
      subscription.onSubscribed(() => {
        // Another object, so that an answer that is on its way is known to be older than this subscription.
        this.#gap = { since: this.#gap === null ? this.#heard : this.#gap.since };
        void this.#close();
      }),
      subscription.watch(showError),
      () => this.#retry.done(),
    );
  }

  add(messages: readonly Message[]): void {
    this.#set({ messages: merged(this.state.messages, messages) });
  }

  #hear(messages: readonly Message[]): void {
    this.#heard = merged(this.#heard === null ? [] : [this.#heard], messages).at(-1) ?? null;
    this.add(messages);
  }

  /** Several components may know how to fetch; one of them is asked. */
  offer(fetcher: FetchMissed): () => void {
    this.#fetchers.add(fetcher);
    void this.#close();
    return () => this.#fetchers.delete(fetcher);
  }

  async #close(): Promise<void> {
    const gap = this.#gap;
    const [fetch] = this.#fetchers;
    if (gap === null || fetch === undefined || this.state.isLoading) return;
    this.#set({ isLoading: true });
    try {
      const missed = await fetch(this.key, gap.since, this.gone);
      if (this.gone.aborted) return;
      this.#retry.done();
      this.#hear(missed);
      this.#set({ isLoading: false, error: null });
      if (this.#gap === gap) this.#gap = null;
      else void this.#close();
    } catch (thrown) {
      if (this.gone.aborted) return;
      const error = RealTimeError.of(thrown);
      this.#set({ isLoading: false, error });
      this.#retry.after(error);
    }
  }

  #set(change: Partial<ConversationState>): void {
    this.state = { ...this.state, ...change };
  }
}
