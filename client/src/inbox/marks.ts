import type { Notification } from '../generated/events.js';
import { asIn, countsOf, read, withEntries, type Change, type Ledger, type seen } from './ledger.js';

/** How entries are marked. */
export type Marking = (
  entries: readonly Notification[],
  which: (entry: Notification) => boolean,
) => readonly Notification[];

/** What notifications are about. */
export type About = { conversationId: string } | { orderId: string };

/**
 * A mark made here of what the ledger has now. It is shown at once, but is not part of the ledger until the inbox has
 * surely stored it: to roll back, leave it out.
 */
export function markOf({ entries }: Ledger, marking: Marking, which: (entry: Notification) => boolean): Change {
  const isAsNow = asIn(entries);
  const covers = (entry: Notification) => which(entry) && isAsNow(entry);
  return (ledger) => withEntries(ledger, marking(ledger.entries, covers));
}

/** The same of everything so far, including what is not loaded: what has come since is loaded, because it was pushed. */
export function markOfAll({ entries }: Ledger, marking: typeof read | typeof seen): Change {
  const ids = new Set(entries.map(({ id }) => id));
  const isAsNow = asIn(entries);
  return (ledger) => {
    const marked = marking(ledger.entries, (entry) => ids.has(entry.id) && isAsNow(entry));
    const { unread, unseen } = countsOf(marked);
    return { ...ledger, entries: marked, unseen, ...(marking === read && { unread }) };
  };
}

/** The ledger as if all `marks` were stored. */
export function withMarks(ledger: Ledger, marks: Iterable<Change>): Ledger {
  let shown = ledger;
  for (const mark of marks) shown = mark(shown);
  return shown;
}

/** Whether `mark` makes the ledger another one. */
export function isChange(mark: Change, ledger: Ledger): boolean {
  const { entries, unread, unseen } = mark(ledger);
  return (
    unread !== ledger.unread ||
    unseen !== ledger.unseen ||
    entries.length !== ledger.entries.length ||
    entries.some((entry, i) => entry !== ledger.entries[i])
  );
}
