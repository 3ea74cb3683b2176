// Drafts in the browser's storage, one entry each, so that two tabs of a person never overwrite each other's.

import { forget, store, stored, storedKeys } from '../common/storage';

export interface KeptDraft {
  /** The same for the stack whenever it is sent again. */
  id: string;
  text: string;
  /** When it was written, in milliseconds. */
  at: number;
}

export class DraftStore {
  readonly #prefix: string;
  #latest = 0;

  constructor(userId: string, conversationId: string) {
    this.#prefix = `threadly-draft:${userId}:${conversationId}:`;
  }

  load(): KeptDraft[] {
    return storedKeys(this.#prefix)
      .flatMap((key) => this.#read(key) ?? [])
      .sort((one, other) => one.at - other.at);
  }

  add(text: string): KeptDraft {
    // Later than all before, also within a millisecond, and if the clock goes back.
    this.#latest = Math.max(Date.now(), this.#latest + 1);
    const draft = { id: newId(), text, at: this.#latest };
    store(this.#prefix + draft.id, JSON.stringify({ text, at: draft.at }));
    return draft;
  }

  remove(id: string): void {
    forget(this.#prefix + id);
  }

  /** Another tab has sent one, or thrown it away. */
  watchRemovals(removed: (id: string) => void): () => void {
    const changed = ({ key, newValue }: StorageEvent) => {
      if (newValue === null && key?.startsWith(this.#prefix)) removed(key.slice(this.#prefix.length));
    };
    window.addEventListener('storage', changed);
    return () => window.removeEventListener('storage', changed);
  }

  #read(key: string): KeptDraft | null {
    try {
      const { text, at } = JSON.parse(stored(key) ?? '') as Partial<KeptDraft>;
      if (typeof text !== 'string' || typeof at !== 'number') throw new Error('no draft');
      this.#latest = Math.max(this.#latest, at);
      return { id: key.slice(this.#prefix.length), text, at };
    } catch {
      forget(key);
      return null;
    }
  }
}

/** Not randomUUID: pages that come over plain HTTP from another machine do not have it. */
const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
