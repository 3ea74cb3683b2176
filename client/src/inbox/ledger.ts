import type { Notification, NotificationsMarked, NotificationsRead } from '../generated/events.js';

export interface Counts {
  readonly unread: number;
  /** Of the unread ones, those that were not seen either. */
  readonly unseen: number;
}

/** What is known about the inbox. A change is a function from one to the next, so that it can be applied again. */
export interface Ledger extends Counts {
  /** The latest first, one per id. The counts include notifications that are not loaded. */
  readonly entries: readonly Notification[];
  /** The start of the next page; null at the end. */
  readonly next: string | null;
}

export type Change = (ledger: Ledger) => Ledger;

type Which = (entry: Notification) => boolean;

export const NOTHING: Counts = { unread: 0, unseen: 0 };

export const EMPTY: Ledger = { entries: [], ...NOTHING, next: null };

/** A push. A repeat, or an older state of a digest, changes nothing. */
export function received(notification: Notification): Change {
  return (ledger) => {
    const known = ledger.entries.find(({ id }) => id === notification.id);
    if (known && !isNewer(notification, known)) return ledger;
    const entries = [notification, ...ledger.entries.filter((entry) => entry !== known)];
    return withEntries(ledger, entries);
  };
}

/** Only digests come again with changes: each of their messages is a revision. */
function isNewer(notification: Notification, known?: Notification): boolean {
  return notification.revision > (known?.revision ?? 1);
}

/** Whether an entry is unchanged since `entries`: anything newer could not have been read yet. */
export function asIn(entries: readonly Notification[]): Which {
  const then = new Map(entries.map((entry) => [entry.id, entry]));
  return (entry) => !isNewer(entry, then.get(entry.id));
}

/** A mark from some device, when `entries` were known. One from before revisions is of those. */
export function readSomewhere(event: NotificationsRead, entries: readonly Notification[]): Change {
  const ids = new Set(event.notificationIds);
  const upTo = event.allUpTo?.getTime() ?? -Infinity;
  const isAsThen = asIn(entries);
  const covers =
    event.revisions.length > 0
      ? inRevisions(event)
      : (entry: Notification) => (ids.has(entry.id) || entry.createdAt.getTime() <= upTo) && isAsThen(entry);
  const counts = { unread: event.unreadCount, unseen: event.unseenCount ?? event.unreadCount };
  return (ledger) => ({ ...ledger, entries: read(ledger.entries, covers), ...counts });
}

/** A state that was set or taken back on some device. What comes back has to be fetched. */
export function markedSomewhere(event: NotificationsMarked, isArchive: boolean): Change {
  const covers = inRevisions(event);
  const hides = event.state === 'deleted' || (event.state === 'archived' && !isArchive);
  const counts = { unread: event.unreadCount, unseen: event.unseenCount };
  const marked = (entries: readonly Notification[]) => {
    if (hides) return without(entries, covers);
    if (event.state === 'seen') return seen(entries, covers);
    return event.state === 'unread' ? unread(entries, ({ id }) => event.notificationIds.includes(id)) : entries;
  };
  return (ledger) => ({
    ...ledger,
    entries: marked(ledger.entries),
    ...counts,
  });
}

function inRevisions({ notificationIds, revisions }: Pick<NotificationsRead, 'notificationIds' | 'revisions'>): Which {
  const upTo = new Map(notificationIds.map((id, i) => [id, revisions[i] ?? 0]));
  return ({ id, revision }) => revision <= (upTo.get(id) ?? 0);
}

/** A page of older ones. Meanwhile an entry may have moved to the front: the known one is newer. */
export function continued(page: Ledger): Change {
  return (ledger) => {
    const known = new Set(ledger.entries.map(({ id }) => id));
    return { ...ledger, entries: [...ledger.entries, ...page.entries.filter(({ id }) => !known.has(id))], next: page.next };
  };
}

export function counted(counts: Counts): Change {
  return (ledger) => ({ ...ledger, ...counts });
}

/** Pages that were fetched one after the other: an entry that moved in between is in two of them, or in none. */
export function ofPages(entries: readonly Notification[], counts: Counts, next: string | null): Ledger {
  return { ...counts, entries: [...new Map(entries.map((entry) => [entry.id, entry])).values()], next };
}

/** The ledger with these entries; its counts change as they do. */
export function withEntries(ledger: Ledger, entries: readonly Notification[]): Ledger {
  const before = countsOf(ledger.entries);
  const now = countsOf(entries);
  return {
    ...ledger,
    entries,
    unread: Math.max(0, ledger.unread + now.unread - before.unread),
    unseen: Math.max(0, ledger.unseen + now.unseen - before.unseen),
  };
}

export function countsOf(entries: readonly Notification[]): Counts {
  const unread = entries.filter((entry) => !entry.read);
  return { unread: unread.length, unseen: unread.filter((entry) => !entry.seen).length };
}

/** Marks the entries that `which` selects as read; the others stay the same objects. */
export function read(entries: readonly Notification[], which: Which): readonly Notification[] {
  return entries.map((entry) => (!entry.read && which(entry) ? { ...entry, read: true } : entry));
}

export function unread(entries: readonly Notification[], which: Which): readonly Notification[] {
  return entries.map((entry) => (entry.read && which(entry) ? { ...entry, read: false } : entry));
}

export function seen(entries: readonly Notification[], which: Which): readonly Notification[] {
  return entries.map((entry) => (!entry.seen && which(entry) ? { ...entry, seen: true } : entry));
}

export function without(entries: readonly Notification[], which: Which): readonly Notification[] {
  return entries.filter((entry) => !which(entry));
}
