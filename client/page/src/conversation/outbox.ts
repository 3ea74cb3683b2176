// What somebody wrote and the stack has not taken yet: kept over a reload, sent in the order in which it was written.

import { RealTimeError } from '@threadly/real-time';
import { Backoff } from '../common/backoff';
import type { DraftStore, KeptDraft } from './draftStore';

export interface Draft extends KeptDraft {
  /** Waiting drafts go out by themselves; a refused one does when somebody asks for it. */
  state: 'sending' | 'waiting' | 'refused';
  /** Why it is not sent yet. */
  problem: RealTimeError | null;
}

/** Done once the message is taken. Called with the same draft again when it is not known whether it was. */
export type Send = (draft: KeptDraft) => Promise<void>;

export class Outbox {
  #send: Send;
  readonly #store: DraftStore;
  readonly #backoff = new Backoff();
  readonly #watchers = new Set<() => void>();
  #drafts: readonly Draft[];
  #isSending = false;
  #isNudged = false;
  #pause = new AbortController();
  #isOpen = false;

  constructor(send: Send, store: DraftStore) {
    this.#send = send;
    this.#store = store;
    this.#drafts = store.load().map(waiting);
  }

  get drafts(): readonly Draft[] {
    return this.#drafts;
  }

  watch = (changed: () => void): (() => void) => {
    this.#watchers.add(changed);
    return () => this.#watchers.delete(changed);
  };

  /** From now on, this is how to send. */
  sendBy(send: Send): void {
    this.#send = send;
  }

  /** Sends what waits, until it is closed. */
  open(): () => void {
    this.#isOpen = true;
    const unwatch = this.#store.watchRemovals((id) => this.#change(this.#drafts.filter((draft) => draft.id !== id)));
    void this.#sendAll();
    return () => {
      this.#isOpen = false;
      this.#pause.abort();
      unwatch();
    };
  }

  write(text: string): void {
    const draft = this.#store.add(text);
    this.#change([...this.#drafts, waiting(draft)]);
    void this.#sendAll();
  }

  /** A refused one goes to the end: others have gone out since. */
  resend(id: string): void {
    const draft = this.#drafts.find((one) => one.id === id);
    if (draft?.state === 'refused') this.#change([...this.#drafts.filter((one) => one !== draft), waiting(draft)]);
    this.nudge();
  }

  discard(id: string): void {
    this.#store.remove(id);
    this.#change(this.#drafts.filter((draft) => draft.id !== id));
  }

  /** The way to the stack may be free again. */
  nudge(): void {
    this.#isNudged = this.#isSending;
    void this.#sendAll();
  }

  /** One after the other: two at once could arrive in another order. */
  async #sendAll(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    this.#pause.abort();
    for (let next = this.#next(); next && this.#isOpen; next = this.#next()) {
      const { id } = next;
      this.#become(id, 'sending', next.problem);
      try {
        await this.#send(next);
        this.#backoff.reset();
        this.discard(id);
      } catch (thrown) {
        const problem = RealTimeError.of(thrown);
        this.#become(id, problem.mayPass ? 'waiting' : 'refused', problem);
        // What may pass would meet the next ones, too, and those must not overtake this one.
        if (problem.mayPass && !this.#isNudged) {
          this.#pause = new AbortController();
          if (this.#isOpen) this.#backoff.after(() => void this.#sendAll(), this.#pause.signal);
          break;
        }
        this.#isNudged = false;
      }
    }
    this.#isSending = false;
  }

  #next(): Draft | undefined {
    return this.#drafts.find(({ state }) => state !== 'refused');
  }

  #become(id: string, state: Draft['state'], problem: RealTimeError | null): void {
    this.#change(this.#drafts.map((draft) => (draft.id === id ? { ...draft, state, problem } : draft)));
  }

  #change(drafts: readonly Draft[]): void {
    this.#drafts = drafts;
    for (const changed of [...this.#watchers]) changed();
  }
}

const waiting = ({ id, text, at }: KeptDraft): Draft => ({ id, text, at, state: 'waiting', problem: null });
