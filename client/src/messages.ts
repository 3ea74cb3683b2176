import type { RealTime } from './client.js';
import { conversationChannel, conversationIdOf } from './config.js';
import { RealTimeError } from './error.js';
import { withDates, type Wire } from './event-times.js';
import type { Message } from './generated/events.js';
import { Shared } from './shared.js';
import { storeOf, type Retryable, type Store } from './store.js';
import { Subscription } from './subscription.js';
import { merged } from './timeline.js';

/** For the connection to be made before the first fetch. */
const PATIENCE_MS = 1_000;
/** Of one conversation: the oldest go. */
const LARGEST = 5_000;

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
  /** Called at the start, with or without a connection, and after each reconnect with the last message received before. */
  fetchMissed?: FetchMissed;
}

export interface Messages extends Retryable {
  /** By time, then by id; one entry per id. One with `truncated` was cut to fit into a push. */
  messages: Message[];
  /** Adds messages from elsewhere: the user's own, or a page of older ones. */
  add: (...messages: MessageInput[]) => void;
  /** Fetches again from the start. */
  refetch: () => Promise<void>;
  /** Whether messages are being fetched, or are about to be for the first time. */
  isLoading: boolean;
  /** Why the channel is not subscribed, or missed messages could not be fetched. Temporary failures are retried. */
  error: RealTimeError | null;
}

export interface ConversationStore extends Store<ConversationState>, Pick<Messages, 'add' | 'refetch'> {
  /** Has `fetch` ask for what was missed, until the returned function is called. */
  offer: (fetch: FetchMissed) => () => void;
}

/** @param conversation its id, or the name of its channel; `null` for none */
export function conversationOf(client: RealTime, conversation: string | null): ConversationStore {
  const id = conversation === null ? null : conversationIdOf(conversation);
  const peek = () => (id === null ? undefined : client.peek(Conversation, id));
  return {
    ...storeOf(client, Conversation, id),
    add: (...more) => peek()?.add(more),
    refetch: async () => peek()?.refetch(),
    offer: (fetch) => {
      if (id === null) return () => {};
      const { it, release } = client.hold(Conversation, id);
      const leave = it.offer(fetch);
      return () => {
        leave();
        release();
      };
    },
  };
}

/** @param willFetch whether somebody asks for what there was before */
export function shown({ messages, isFetching, isFetched, error }: ConversationState, willFetch: boolean) {
  return { messages, isLoading: isFetching || (willFetch && !isFetched && error === null), error };
}

export interface ConversationState {
  messages: Message[];
  isFetching: boolean;
  /** Whether what there was before has been fetched. */
  isFetched: boolean;
  error: RealTimeError | null;
}

class Conversation extends Shared<ConversationState> {
  static readonly initial: ConversationState = { messages: [], isFetching: false, isFetched: false, error: null };

  #messages: readonly Message[] = [];
  readonly #fetchers = new Set<FetchMissed>();
  readonly #retry = this.retrying(() => void this.#close());
  /** Where messages may be missing, until they have been fetched. */
  #gap: { since: Message | null } | null = { since: null };
  /** The latest message before which none is missing, excluding those that were only added here. */
  #heard: Message | null = null;
  /** Fetching begins when the channel is subscribed, so that once is enough, or soon without it. */
  #mayFetch = false;

  override start(): void {
    const subscription = this.use(Subscription, conversationChannel(this.client.config, this.key));
    const patience = setTimeout(() => this.#begin(), PATIENCE_MS);
    const showError = () => {
      const { error } = subscription.state;
      this.#set({ error });
      if (error) this.#begin();
    };
    showError();
    this.atStop(
      subscription.on<Message>('new-message', (message) => this.#hear([message])),
      subscription.onSubscribed(() => {
        clearTimeout(patience);
        // A new object, so that a pending response is known to be older than this subscription.
        this.#gap = { since: this.#gap === null ? this.#heard : this.#gap.since };
        this.#begin();
      }),
      subscription.watch(showError),
      () => clearTimeout(patience),
    );
  }

  add(messages: readonly MessageInput[]): void {
    this.#show(messages.map((message) => withDates('new-message', message)));
  }

  /** Everything from the start again. */
  refetch(): Promise<void> {
    this.#gap = { since: null };
    this.#mayFetch = true;
    return this.#close();
  }

  #show(messages: readonly Message[]): void {
    const all = merged(this.#messages, messages);
    if (all === this.#messages) return;
    this.#messages = all.slice(-LARGEST);
    // A copy: what a component does to its list must not reach this one.
    this.#set({ messages: [...this.#messages] });
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

  #begin(): void {
    this.#mayFetch = true;
    void this.#close();
  }

  async #close(): Promise<void> {
    const gap = this.#gap;
    const [fetch] = this.#fetchers;
    if (!this.#mayFetch || gap === null || fetch === undefined || this.state.isFetching) return;
    this.#set({ isFetching: true });
    try {
      const missed = await fetch(this.key, gap.since, this.gone);
      if (this.gone.aborted) return;
      this.#retry.done();
      this.#hear(missed.map((message) => withDates('new-message', message)));
      this.#set({ isFetching: false, isFetched: true, error: null });
      if (this.#gap === gap) this.#gap = null;
      else void this.#close();
    } catch (thrown) {
      if (this.gone.aborted) return;
      const error = RealTimeError.of(thrown);
      this.#set({ isFetching: false, error });
      this.#retry.after(error);
    }
  }

  #set(change: Partial<ConversationState>): void {
    this.state = { ...this.state, ...change };
  }
}
