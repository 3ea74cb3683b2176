import { vi } from 'vitest';

type Answer = (request: { body: any; url: URL; headers: Headers; credentials: RequestCredentials | undefined }) => unknown;

/** A token as the gateway takes it, signature aside. */
export function tokenOf(userId: string, claims: object = {}): string {
  const part = (value: object) =>
    btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))).replace(/\+/g, '-').replace(/\//g, '_');
  return `${part({ alg: 'none' })}.${part({ sub: userId, name: 'Zoë Ω', ...claims })}.`;
}

/** An HTTP answer other than 200. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly detail = 'refused',
    readonly headers: Record<string, string> = {},
  ) {}
}

/** Pusher's side of the WebSockets, and the gateway's of `fetch`. */
export class FakeServer {
  static current: FakeServer;

  sockets: FakeSocket[] = [];
  /** Every request, as `POST /pusher/auth`. */
  requests: string[] = [];
  /** Every frame of the clients, as `subscribe private-user-ben`. */
  frames: string[] = [];
  members: Record<string, Record<string, object>> = {};
  /** Channels that admit no more members. */
  readonly full = new Set<string>();
  isDown = false;
  /** Whether it has stopped to answer, though connections seem to be open. */
  isMute = false;
  readonly answers = new Map<string, Answer>();

  static install(): FakeServer {
    const server = (FakeServer.current = new FakeServer());
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.stubGlobal('fetch', (address: string, init: RequestInit) => server.#fetch(address, init));
    server.answer('POST /pusher/auth', ({ body }) => ({
      auth: 'key:signature',
      ...(body.channel_name.startsWith('presence-') && { channel_data: JSON.stringify({ user_id: 'ben' }) }),
    }));
    server.answer('GET /v1/notifications', () => ({ notifications: [], next: null }));
    server.answer('GET /v1/notifications/unread-count', () => ({ unread: 0 }));
    server.answer('POST /v1/presence', () => undefined);
    return server;
  }

  /** `how` may throw a Refusal, or return a promise. */
  answer(request: string, how: Answer): void {
    this.answers.set(request, how);
  }

  count(what: string): number {
    return [...this.requests, ...this.frames].filter((seen) => seen === what).length;
  }

  get open(): FakeSocket[] {
    return this.sockets.filter(({ readyState }) => readyState === 1);
  }

  push(channel: string, event: string, data: unknown): void {
    for (const socket of this.open) if (socket.channels.has(channel)) socket.deliver(event, data, channel);
  }

  /** The connections break, as when a train enters a tunnel. */
  drop(): void {
    for (const socket of this.open) socket.end(1006);
  }

  async #fetch(address: string, init: RequestInit): Promise<Response> {
    const url = new URL(address);
    const name = `${init.method} ${url.pathname}`;
    this.requests.push(name);
    const how = this.answers.get(name);
    /** A batch of authorizations, as the gateway answers it. */
    const all: Answer = async (request) => {
      const names: string[] = request.body.channel_name;
      const one = async (channel_name: string) => {
        try {
          return { status: 200, data: await how?.({ ...request, body: { ...request.body, channel_name } }) };
        } catch (thrown) {
          if (!(thrown instanceof Refusal)) throw thrown;
          return { status: thrown.status, detail: thrown.detail };
        }
      };
      return Object.fromEntries(await Promise.all(names.map(async (channel) => [channel, await one(channel)])));
    };
    const body = (init.body ? bodyOf(init.body) : undefined) as any;
    try {
      const answer = how ? await (Array.isArray(body?.channel_name) ? all : how)({ body, url, headers: new Headers(init.headers), credentials: init.credentials }) : fail(new Refusal(404));
      if (init.signal?.aborted) throw init.signal.reason;
      return answer === undefined ? new Response(null, { status: 204 }) : Response.json(answer);
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      const { status, detail, headers } = thrown;
      return Response.json({ type: 'about:blank', title: '', status, detail }, { status, headers });
    }
  }
}

function bodyOf(body: BodyInit): unknown {
  return body instanceof URLSearchParams ? Object.fromEntries(body) : JSON.parse(String(body));
}

function fail(refusal: Refusal): never {
  throw refusal;
}

export class FakeSocket {
  static ids = 0;
  readonly channels = new Set<string>();
  readonly id = `1.${++FakeSocket.ids}`;
  readyState = 0;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: (event: { code: number; reason: string; wasClean: boolean }) => void;

  constructor(readonly url: string) {
    FakeServer.current.sockets.push(this);
    queueMicrotask(() => {
      if (FakeServer.current.isDown) return this.end(1006);
      this.readyState = 1;
      this.onopen?.();
      this.deliver('pusher:connection_established', { socket_id: this.id, activity_timeout: 120 });
    });
  }

  send(frame: string): void {
    const { event, data, channel = data?.channel } = JSON.parse(frame);
    FakeServer.current.frames.push(`${event.replace('pusher:', '')} ${channel ?? ''}`.trim());
    if (event === 'pusher:subscribe') queueMicrotask(() => this.#subscribed(channel));
    if (event === 'pusher:unsubscribe') this.channels.delete(channel);
    if (event === 'pusher:ping' && !FakeServer.current.isMute) this.deliver('pusher:pong', {});
  }

  close(): void {
    this.end(1000);
  }

  end(code: number): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code, reason: '', wasClean: code === 1000 });
  }

  deliver(event: string, data: unknown, channel?: string): void {
    this.onmessage?.({ data: JSON.stringify({ event, data: JSON.stringify(data), channel }) });
  }

  #subscribed(channel: string): void {
    if (this.readyState !== 1) return;
    if (FakeServer.current.full.has(channel)) {
      this.deliver('pusher:subscription_error', { type: 'LimitReached', error: 'full', status: 4004 }, channel);
      return;
    }
    this.channels.add(channel);
    const hash = { ben: {}, ...FakeServer.current.members[channel] };
    const presence = { ids: Object.keys(hash), hash, count: Object.keys(hash).length };
    this.deliver('pusher_internal:subscription_succeeded', channel.startsWith('presence-') ? { presence } : {}, channel);
  }
}
