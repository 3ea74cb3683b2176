import { read, unreadAmong, type Change, type Ledger } from './ledger.js';

/**
 * A mark that was made here. It is shown at once, but is no part of the ledger before the inbox has surely taken it: if it
 * fails, leaving it out is all there is to roll back.
 */
export interface Mark {
  readonly ids: Set<string>;
  /** Everything there was; then `ids` are those that are loaded. */
  readonly all: boolean;
}

/** The ledger as if all `marks` had been taken. */
export function withMarks(ledger: Ledger, marks: Iterable<Mark>): Ledger {
  let shown = ledger;
  for (const mark of marks) shown = taken(mark)(shown);
  return shown;
}

export function taken({ ids, all }: Mark): Change {
  return (ledger) => {
    const entries = read(ledger.entries, ({ id }) => ids.has(id));
    const fewer = unreadAmong(ledger.entries) - unreadAmong(entries);
    // Whatever has come since is loaded, as it was pushed.
    return { ...ledger, entries, unread: all ? unreadAmong(entries) : Math.max(0, ledger.unread - fewer) };
  };
}
