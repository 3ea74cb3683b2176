import type { Notification, NotificationsRead } from '../generated/events.js';

/** What is known of the inbox. A change of it is a function from one to the next, so that it can be made again. */
export interface Ledger {
  /** The latest first, one an id. */
  readonly entries: readonly Notification[];
  /** Also of what is not loaded. */
  readonly unread: number;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

export type Change = (ledger: Ledger) => Ledger;

export const EMPTY: Ledger = { entries: [], unread: 0, next: null };

/** It was pushed. A repeat, or an older state of a digest that was overtaken, changes nothing. */
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

/** Only digests come again with something new: they count their messages. */
function isNewer(notification: Notification, known?: Notification): boolean {
  return (notification.metadata.count ?? 0) > (known?.metadata.count ?? 0);
}

/** Whether an entry says no more than it did among `entries`: what it says since was not there to be read. */
export function asIn(entries: readonly Notification[]): (entry: Notification) => boolean {
  const then = new Map(entries.map((entry) => [entry.id, entry]));
  return (entry) => !isNewer(entry, then.get(entry.id));
}

/** Some device marked something, when `entries` were known. */
export function readSomewhere(event: NotificationsRead, entries: readonly Notification[]): Change {
  const ids = new Set(event.notificationIds);
  const upTo = event.allUpTo === null ? -Infinity : Date.parse(event.allUpTo);
  const isAsThen = asIn(entries);
  return (ledger) => ({
    ...ledger,
    entries: read(
      ledger.entries,
      (entry) => (ids.has(entry.id) || Date.parse(entry.createdAt) <= upTo) && isAsThen(entry),
    ),
    unread: event.unreadCount,
  });
}

/** A page of older ones. While it was on its way an entry may have moved to the front: that one is known, and newer. */
export function continued(page: Ledger): Change {
  return (ledger) => {
    const known = new Set(ledger.entries.map(({ id }) => id));
    return { ...ledger, entries: [...ledger.entries, ...page.entries.filter(({ id }) => !known.has(id))], next: page.next };
  };
}

export function counted(unread: number): Change {
  return (ledger) => ({ ...ledger, unread });
}

/** Pages that were asked for one after the other: an entry that moved between them is in two, or in none of them. */
export function ofPages(entries: readonly Notification[], unread: number, next: string | null): Ledger {
  return { entries: [...new Map(entries.map((entry) => [entry.id, entry])).values()], unread, next };
}

/** With those read that `which` says; untouched entries stay the same objects. */
export function read(
  entries: readonly Notification[],
  which: (entry: Notification) => boolean,
): readonly Notification[] {
  return entries.map((entry) => (!entry.read && which(entry) ? { ...entry, read: true } : entry));
}

export function unreadAmong(entries: readonly Notification[]): number {
  return entries.filter((entry) => !entry.read).length;
}
