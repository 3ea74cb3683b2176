import { RealTimeError } from '../error.js';
import { Gateway } from '../gateway.js';
import type { Api } from '../generated/api.js';
import type { Notification, NotificationsMarked, OrderUpdate, UserPresence } from '../generated/events.js';

/** What the package has asked the gateway. */
export interface FakeRequest {
  path: string;
  body: unknown;
}

/** The gateway's answers, without a network. */
export class FakeGateway extends Gateway {
  readonly requests: FakeRequest[] = [];
  readonly refusals = new Map<string, RealTimeError>();
  /** The latest first. */
  inbox: Notification[] = [];
  readonly users = new Map<string, UserPresence>();
  readonly orders = new Map<string, OrderUpdate>();
  /** Tells what was marked, as the worker does. */
  marked: (event: Omit<NotificationsMarked, 'userId' | 'markedAt'>) => void = () => {};

  override async ask<T>(address: string, _signal?: AbortSignal, body?: unknown): Promise<T> {
    const { pathname: path, searchParams } = new URL(address, 'http://localhost');
    this.requests.push({ path, body });
    const refusal = this.refusals.get(path);
    if (refusal) throw refusal;
    return this.#answer(path, searchParams, body) as T;
  }

  #answer(path: string, parameters: URLSearchParams, body: unknown): unknown {
    const [, , kind, id, action] = path.split('/').map(decodeURIComponent);
    switch (kind) {
      case 'notifications':
        if (id === undefined) return this.#page(parameters);
        if (id === 'unread-count') return this.#counts();
        this.#mark(action ?? id, action === undefined ? (body as Which) : { ids: [id] });
        return undefined;
      case 'presence':
        return id === 'users' ? (this.users.get(action!) ?? unknown()) : undefined;
      case 'orders':
        return this.orders.get(id!) ?? unknown();
      default:
        return undefined;
    }
  }

  #page(parameters: URLSearchParams): unknown {
    const isArchive = parameters.get('archived') === 'true';
    const entries = this.inbox.filter(({ archived = false }) => archived === isArchive);
    const from = Number(parameters.get('cursor') ?? 0);
    const to = from + Number(parameters.get('limit'));
    return { notifications: entries.slice(from, to), next: to < entries.length ? String(to) : null };
  }

  #counts(): Api['UnreadCount'] {
    const unread = this.inbox.filter(({ read, archived }) => !read && !archived);
    return { unread: unread.length, unseen: unread.filter(({ seen }) => !seen).length };
  }

  #mark(change: string, { ids, ...about }: Which): void {
    const is = (entry: Notification) =>
      ids?.includes(entry.id) ??
      ('all' in about
        ? (entry.archived ?? false) === (change === 'unarchive')
        : Object.entries(about).every(([key, value]) => entry.metadata[key] === value));
    const marked = this.inbox.filter(is);
    this.inbox = this.inbox.flatMap((entry) => (is(entry) ? changed(change, entry) : [entry]));
    const state = STATES[change];
    if (state === undefined) return;
    const { unread: unreadCount, unseen: unseenCount } = this.#counts();
    this.marked({
      state,
      notificationIds: marked.map(({ id }) => id),
      revisions: marked.map(({ revision }) => (change.startsWith('un') ? 0 : revision)),
      unreadCount,
      unseenCount,
    });
  }
}

const STATES: Record<string, NotificationsMarked['state']> = {
  seen: 'seen',
  unread: 'unread',
  archive: 'archived',
  unarchive: 'unarchived',
  delete: 'deleted',
};

/** What a mark names: notifications, what they are about, or all. */
type Which = { ids?: string[] } & Record<string, unknown>;

function changed(change: string, entry: Notification): Notification[] {
  switch (change) {
    case 'read':
      return [{ ...entry, read: true }];
    case 'unread':
      return [{ ...entry, read: false }];
    case 'seen':
      return [{ ...entry, seen: true }];
    case 'archive':
      return [{ ...entry, archived: true }];
    case 'unarchive':
      return [{ ...entry, archived: false }];
    default:
      return change === 'delete' ? [] : [entry];
  }
}

function unknown(): never {
  throw new RealTimeError('it is unknown', 404);
}
