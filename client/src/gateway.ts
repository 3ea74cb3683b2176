import type { RealTimeConfig } from './config.js';
import { RealTimeError } from './error.js';
import { withDates, type Wire } from './event-times.js';
import type { Api, ChannelAuthorization, Problem, UnreadCount } from './generated/api.js';
import type { Notification, UserPresence } from './generated/events.js';
import { subjectOf } from './token.js';

const ANSWER_WITHIN_MS = 15_000;

export interface NotificationPage {
  readonly notifications: readonly Notification[];
  /** The start of the next page; null at the end. */
  readonly next: string | null;
}

/** As JSON. The API does not say what metadata there is; the events do. */
type Page = Omit<Api['NotificationPage'], 'notifications'> & { notifications: Wire<Notification>[] };

/** The gateway's API. All failures are RealTimeErrors. */
export class Gateway {
  readonly #config: RealTimeConfig;

  constructor(config: RealTimeConfig) {
    this.#config = config;
  }

  /** The user of all requests; null for a guest. */
  async me(): Promise<string | null> {
    const { userId, token } = this.#config;
    return userId ?? (token ? subjectOf(await token()) : null);
  }

  authorize(socketId: string, channel: string, signal: AbortSignal): Promise<ChannelAuthorization> {
    const body: Api['ChannelRequest'] = { socket_id: socketId, channel_name: channel };
    return this.#ask(this.#config.authEndpoint ?? this.#at`/pusher/auth`, signal, body);
  }

  async notifications(limit: number, cursor: string | null, signal: AbortSignal): Promise<NotificationPage> {
    const first = this.#at`/v1/notifications?limit=${limit}`;
    const address = cursor === null ? first : this.#at`/v1/notifications?limit=${limit}&cursor=${cursor}`;
    const { notifications, next } = await this.#ask<Page>(address, signal);
    return { notifications: notifications.map((entry) => withDates('notification', entry)), next };
  }

  async unread(signal: AbortSignal): Promise<number> {
    return (await this.#ask<UnreadCount>(this.#at`/v1/notifications/unread-count`, signal)).unread;
  }

  async userPresence(userId: string, signal: AbortSignal): Promise<UserPresence> {
    return withDates('presence', await this.#ask<Api['UserPresence']>(this.#at`/v1/presence/users/${userId}`, signal));
  }

  /** Without a revision, as the inbox has it now. */
  markRead(id: string, revision?: number): Promise<void> {
    return this.#tell(this.#at`/v1/notifications/${id}/read`, (revision === undefined ? {} : { revision }) satisfies Api['ShownRevision']);
  }

  markAllRead(): Promise<void> {
    return this.#tell(this.#at`/v1/notifications/read`, { all: true } satisfies Api['Marks']);
  }

  typing(conversationId: string, isTyping: boolean): Promise<void> {
    return this.#tell(this.#at`/v1/conversations/${conversationId}/typing`, { isTyping } satisfies Api['Typing']);
  }

  heartbeat(channels: string[], change: Api['Heartbeat']['change']): Promise<void> {
    return this.#tell(this.#at`/v1/presence`, { channels, change } satisfies Api['Heartbeat']);
  }

  #at(path: TemplateStringsArray, ...values: (string | number)[]): string {
    const base = (this.#config.apiBase ?? '').replace(/\/+$/, '');
    return base + String.raw({ raw: path }, ...values.map(encodeURIComponent));
  }

  #tell(address: string, body: unknown): Promise<void> {
    return this.#ask(address, undefined, body);
  }

  /** A GET, or a POST of `body`. A request without a signal is sent even while the page is being left. */
  async #ask<T>(address: string, signal?: AbortSignal, body?: unknown): Promise<T> {
    try {
      const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
      const token = await this.#config.token?.();
      const answer = await fetch(address, {
        method: body ? 'POST' : 'GET',
        headers: {
          ...(token && { Authorization: `Bearer ${token}` }),
          ...(body ? { 'Content-Type': 'application/json' } : {}),
        },
        body: body ? JSON.stringify(body) : null,
        keepalive: !signal,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      if (!answer.ok) throw await refusal(answer);
      return (answer.status === 204 ? undefined : await answer.json()) as T;
    } catch (thrown) {
      throw RealTimeError.of(thrown);
    }
  }
}

async function refusal(answer: Response): Promise<RealTimeError> {
  const problem = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  const wait = Number(answer.headers.get('Retry-After')) * 1_000;
  return new RealTimeError(problem?.detail ?? `HTTP ${answer.status}`, answer.status, wait || undefined);
}
