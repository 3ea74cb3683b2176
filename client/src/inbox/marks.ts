import type { Notification } from '../generated/events.js';
import { asIn, read, unreadAmong, type Change, type Ledger } from './ledger.js';

/**
 * A mark made here. It is shown at once, but is not part of the ledger until the inbox has surely stored it: to roll
 * back, leave it out.
 */
export interface Mark {
  readonly covers: (entry: Notification) => boolean;
  /** Everything so far, including what is not loaded. */
  readonly all: boolean;
}

export function markOf(id: string, { entries }: Ledger): Mark {
  const isAsNow = asIn(entries);
  return { covers: (entry) => entry.id === id && isAsNow(entry), all: false };
}

export function markOfAll({ entries }: Ledger): Mark {
  const ids = new Set(entries.map(({ id }) => id));
  const isAsNow = asIn(entries);
  return { covers: (entry) => ids.has(entry.id) && isAsNow(entry), all: true };
}

/** The ledger as if all `marks` were stored. */
export function withMarks(ledger: Ledger, marks: Iterable<Mark>): Ledger {
  let shown = ledger;
  for (const mark of marks) shown = taken(mark)(shown);
  return shown;
}

export function taken({ covers, all }: Mark): Change {
  return (ledger) => {
    const entries = read(ledger.entries, covers);
    const fewer = unreadAmong(ledger.entries) - unreadAmong(entries);
    // Anything newer is loaded, because it was pushed.
    return { ...ledger, entries, unread: all ? unreadAmong(entries) : Math.max(0, ledger.unread - fewer) };
  };
}
