import type { Notification, NotificationsRead } from '../generated/events.js';

/** What is known about the inbox. A change is a function from one to the next, so that it can be applied again. */
export interface Ledger {
  /** The latest first, one per id. */
  readonly entries: readonly Notification[];
  /** Includes notifications that are not loaded. */
  readonly unread: number;
  /** The start of the next page; null at the end. */
  readonly next: string | null;
}

export type Change = (ledger: Ledger) => Ledger;

export const EMPTY: Ledger = { entries: [], unread: 0, next: null };

/** A push. A repeat, or an older state of a digest, changes nothing. */
export function received(notification: Notification): Change {
  return (ledger) => {
    const known = ledger.entries.find(({ id }) => id === notification.id);
    if (known && !isNewer(notification, known)) return ledger;
    const wasUnread = known !== undefined && !known.read;
    return {
      ...ledger,
      entries: [notification, ...ledger.entries.filter((entry) => entry !== known)],
      unread: ledger.unread + Number(!notification.read) - Number(wasUnread),
    };
  };
}

/** Only digests come again with changes: each of their messages is a revision. */
function isNewer(notification: Notification, known?: Notification): boolean {
  return notification.revision > (known?.revision ?? 1);
}

/** Whether an entry is unchanged since `entries`: anything newer could not have been read yet. */
export function asIn(entries: readonly Notification[]): (entry: Notification) => boolean {
  const then = new Map(entries.map((entry) => [entry.id, entry]));
  return (entry) => !isNewer(entry, then.get(entry.id));
}

/** A mark from some device, when `entries` were known. One from before revisions is of those. */
export function readSomewhere(event: NotificationsRead, entries: readonly Notification[]): Change {
  if (event.revisions.length > 0) {
    const revisions = new Map(event.notificationIds.map((id, i) => [id, event.revisions[i] ?? 0]));
    return (ledger) => ({
      ...ledger,
      entries: read(ledger.entries, ({ id, revision }) => revision <= (revisions.get(id) ?? 0)),
      unread: event.unreadCount,
    });
  }
  const ids = new Set(event.notificationIds);
  const upTo = event.allUpTo?.getTime() ?? -Infinity;
  const isAsThen = asIn(entries);
  return (ledger) => ({
    ...ledger,
    entries: read(
      ledger.entries,
      (entry) => (ids.has(entry.id) || entry.createdAt.getTime() <= upTo) && isAsThen(entry),
    ),
    unread: event.unreadCount,
  });
}

/** A page of older ones. Meanwhile an entry may have moved to the front: the known one is newer. */
export function continued(page: Ledger): Change {
  return (ledger) => {
    const known = new Set(ledger.entries.map(({ id }) => id));
    return { ...ledger, entries: [...ledger.entries, ...page.entries.filter(({ id }) => !known.has(id))], next: page.next };
  };
}

export function counted(unread: number): Change {
  return (ledger) => ({ ...ledger, unread });
}

/** Pages that were fetched one after the other: an entry that moved in between is in two of them, or in none. */
export function ofPages(entries: readonly Notification[], unread: number, next: string | null): Ledger {
  return { entries: [...new Map(entries.map((entry) => [entry.id, entry])).values()], unread, next };
}

/** Marks the entries that `which` selects as read; the others stay the same objects. */
export function read(
  entries: readonly Notification[],
  which: (entry: Notification) => boolean,
): readonly Notification[] {
  return entries.map((entry) => (!entry.read && which(entry) ? { ...entry, read: true } : entry));
}

export function unreadAmong(entries: readonly Notification[]): number {
  return entries.filter((entry) => !entry.read).length;
}
