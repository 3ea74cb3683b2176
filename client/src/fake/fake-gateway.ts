import { RealTimeError } from '../error.js';
import { Gateway } from '../gateway.js';
import type { Notification, OrderUpdate, UserPresence } from '../generated/events.js';

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

  override async ask<T>(address: string, _signal?: AbortSignal, body?: unknown): Promise<T> {
    const { pathname: path, searchParams } = new URL(address, 'http://localhost');
    this.requests.push({ path, body });
    const refusal = this.refusals.get(path);
    if (refusal) throw refusal;
    return this.#answer(path, searchParams) as T;
  }

  #answer(path: string, parameters: URLSearchParams): unknown {
    const [, , kind, id, action] = path.split('/').map(decodeURIComponent);
    switch (kind) {
      case 'notifications':
        if (id === undefined) return this.#page(parameters);
        if (id === 'unread-count') return { unread: this.inbox.filter(({ read }) => !read).length };
        if (id === 'read' || action === 'read') this.#mark(action === 'read' ? id : null);
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
    const from = Number(parameters.get('cursor') ?? 0);
    const to = from + Number(parameters.get('limit'));
    return { notifications: this.inbox.slice(from, to), next: to < this.inbox.length ? String(to) : null };
  }

  #mark(id: string | null): void {
    this.inbox = this.inbox.map((entry) => (id === null || entry.id === id ? { ...entry, read: true } : entry));
  }
}

function unknown(): never {
  throw new RealTimeError('it is unknown', 404);
}
