import { useCallback, useEffect, useRef } from 'react';
import { conversationChannel, conversationIdOf } from './config.js';
import { RealTimeError } from './error.js';
import { withDates, type Wire } from './event-times.js';
import type { Message } from './generated/events.js';
import { Retry } from './retry.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';
import { merged } from './timeline.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

/** A message from elsewhere, such as JSON, where its time is text. */
export type MessageInput = Wire<Message>;

/**
 * Fetches the messages after `since` from the service that owns them; null means the latest. Known ones may be
 * included.
 */
export type FetchMissed = (
  conversationId: string,
  since: Message | null,
  signal: AbortSignal,
) => Promise<readonly MessageInput[]>;

export interface MessagesOptions {
  /** Called at the first subscription, and after each reconnect with the last message received before. */
  fetchMissed?: FetchMissed;
}

export interface Messages {
  /** By time, then by id; one entry per id. One with `truncated` was cut to fit into a push. */
  messages: Message[];
  /** Adds messages from elsewhere: the user's own, or a page of older ones. */
  add: (...messages: MessageInput[]) => void;
  /** Whether missed messages are being fetched. */
  isLoading: boolean;
  /** Why the channel is not subscribed, or missed messages could not be fetched. Temporary failures are retried. */
  error: RealTimeError | null;
}

/**
 * The messages of a conversation.
 *
 * @param conversation its id, or the name of its channel; `null` for none
 */
export function useMessages(conversation: string | null, { fetchMissed }: MessagesOptions = {}): Messages {
  const client = useClient('useMessages');
  const conversationId = conversation === null ? null : conversationIdOf(conversation);
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
    (...more: MessageInput[]) => {
      if (conversationId !== null) client.peek(Conversation, conversationId)?.add(more);
    },
    [client, conversationId],
  );
  return { ...state, add };
}

type ConversationState = Omit<Messages, 'add'>;

class Conversation extends Shared<ConversationState> {
  static readonly initial: ConversationState = { messages: [], isLoading: false, error: null };

  #messages: readonly Message[] = [];
  readonly #fetchers = new Set<FetchMissed>();
  readonly #retry = new Retry(() => void this.#close());
  /** Where messages may be missing, until they have been fetched. */
  #gap: { since: Message | null } | null = null;
  /** The latest message before which none is missing, excluding those that were only added here. */
  #heard: Message | null = null;

  override start(): void {
    const subscription = this.use(Subscription, conversationChannel(this.client.config, this.key));
    const showError = () => this.#set({ error: subscription.state.error });
    showError();
    this.atStop(
      subscription.on<Message>('new-message', (message) => this.#hear([message])),
      subscription.onSubscribed(() => {
        // A new object, so that a pending response is known to be older than this subscription.
        this.#gap = { since: this.#gap === null ? this.#heard : this.#gap.since };
        void this.#close();
      }),
      subscription.watch(showError),
      () => this.#retry.done(),
    );
  }

  add(messages: readonly MessageInput[]): void {
    this.#show(messages.map((message) => withDates('new-message', message)));
  }

  #show(messages: readonly Message[]): void {
    const all = merged(this.#messages, messages);
    if (all === this.#messages) return;
    this.#messages = all;
    // A copy: what a component does to its list must not reach this one.
    this.#set({ messages: [...all] });
  }

  #hear(messages: readonly Message[]): void {
    this.#heard = merged(this.#heard === null ? [] : [this.#heard], messages).at(-1) ?? null;
    this.#show(messages);
  }

  /** Several components may provide a fetcher; one of them is used. */
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
      this.#hear(missed.map((message) => withDates('new-message', message)));
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
