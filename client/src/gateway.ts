import type { RealTimeConfig } from './config.js';
import { RealTimeError, refusal } from './error.js';
import { withDates, type Wire } from './event-times.js';
import type { Api, ChannelAuthorization, UnreadCount } from './generated/api.js';
import type { Notification } from './generated/events.js';
import { Tokens, subjectOf } from './token.js';
import { within } from './within.js';

export interface NotificationPage {
  readonly notifications: readonly Notification[];
  /** The start of the next page; null at the end. */
  readonly next: string | null;
}

/** As JSON. The API does not say what metadata there is; the events do. */
type Page = Omit<Api['NotificationPage'], 'notifications'> & { notifications: Wire<Notification>[] };

export type Decision = ChannelAuthorization | RealTimeError;

/** The gateway's API. All failures are RealTimeErrors. */
export class Gateway {
  readonly tokens: Tokens;
  readonly #config: RealTimeConfig;

  constructor(config: RealTimeConfig) {
    this.#config = config;
    this.tokens = new Tokens(config);
  }

  /** The user of all requests; null for a guest. */
  async me(): Promise<string | null> {
    const { userId } = this.#config;
    if (userId !== undefined) return userId;
    const token = await this.tokens.get();
    return token === null ? null : subjectOf(token);
  }

  /**
   * The authorization of each channel, or why there is none: at the gateway all together, at an endpoint of the page's own
   * one by one, as pusher-js itself asks.
   */
  async authorize(socket_id: string, names: string[], signal: AbortSignal): Promise<Map<string, Decision>> {
    const { authEndpoint } = this.#config;
    const own = this.at`/pusher/auth`;
    if (authEndpoint === undefined && names.length > 1) {
      const body: Api['ChannelRequest'] = { socket_id, channel_name: names };
      const answers = await this.ask<Api['BatchAuthorization']>(own, signal, body);
      return new Map(names.map((name) => [name, decisionOf(answers[name])]));
    }
    const decisions = names.map(async (channel_name): Promise<[string, Decision]> => {
      const body = { socket_id, channel_name };
      const asked = this.ask<ChannelAuthorization>(authEndpoint ?? own, signal, authEndpoint ? new URLSearchParams(body) : body);
      return [channel_name, await asked.catch(RealTimeError.of)];
    });
    return new Map(await Promise.all(decisions));
  }

  async notifications(limit: number, cursor: string | null, archived: boolean, signal: AbortSignal): Promise<NotificationPage> {
    const first = this.at`/v1/notifications?limit=${limit}`;
    const from = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { notifications, next } = await this.ask<Page>(first + from + (archived ? '&archived=true' : ''), signal);
    return { notifications: notifications.map((entry) => withDates('notification', entry)), next };
  }

  async counts(signal: AbortSignal): Promise<UnreadCount> {
    const { unread, unseen } = await this.ask<Pick<UnreadCount, 'unread'> & Partial<UnreadCount>>(this.at`/v1/notifications/unread-count`, signal);
    // A gateway of before does not know what was seen.
    return { unread, unseen: unseen ?? unread };
  }

  /** `change` is the last part of the path. Without a revision, of what the inbox has now. */
  markOne(change: string, id: string, revision?: number): Promise<void> {
    const shown: Api['ShownRevision'] = revision === undefined ? {} : { revision };
    return this.tell(this.at`/v1/notifications/${id}/${change}`, shown);
  }

  mark(change: string, which: Api['Marks']): Promise<void> {
    return this.tell(this.at`/v1/notifications/${change}`, which);
  }

  /** The address of `path`, whose values are encoded. */
  at(path: TemplateStringsArray, ...values: (string | number)[]): string {
    const base = (this.#config.apiBase ?? '').replace(/\/+$/, '');
    return base + String.raw({ raw: path }, ...values.map(encodeURIComponent));
  }

  tell(address: string, body: unknown): Promise<void> {
    return this.ask(address, undefined, body);
  }

  /**
   * A GET, or a POST of `body`. A request without a signal is sent even while the page is being left. A token may be
   * withdrawn before it expires: another one is tried once.
   */
  async ask<T>(address: string, signal?: AbortSignal, body?: unknown): Promise<T> {
    try {
      return await within(async (inner) => {
        const token = await this.tokens.get();
        let answer = await this.#send(address, token, body, !signal, inner);
        if (answer.status === 401 && token !== null) {
          const other = await this.tokens.another(token);
          if (other !== null) answer = await this.#send(address, other, body, !signal, inner);
        }
        if (!answer.ok) throw await refusal(answer);
        return (answer.status === 204 ? undefined : await answer.json()) as T;
      }, signal);
    } catch (thrown) {
      throw RealTimeError.of(thrown);
    }
  }

  #send(address: string, token: string | null, body: unknown, keepalive: boolean, signal: AbortSignal): Promise<Response> {
    const isForm = body instanceof URLSearchParams;
    return fetch(address, {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(token !== null && { Authorization: `Bearer ${token}` }),
        ...(body && !isForm ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body ? (isForm ? body : JSON.stringify(body)) : null,
      ...(this.#config.credentials && { credentials: this.#config.credentials }),
      keepalive,
      signal,
    });
  }
}

function decisionOf(answer?: Api['BatchAuthorization'][string]): Decision {
  return answer?.data ?? new RealTimeError(answer?.detail ?? 'refused', answer?.status);
}
