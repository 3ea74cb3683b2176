import type { RealTimeConfig } from './config.js';
import { refusal } from './error.js';
import { within } from './within.js';

/** Before it expires, so that it is still valid when it arrives. */
const EARLY_MS = 30_000;

interface Claims {
  sub?: string;
  exp?: number;
}

/** The user's token, asked for once for all requests until it expires. One that does not say when is not kept. */
export class Tokens {
  source: RealTimeConfig['token'];
  readonly #config: RealTimeConfig;
  #kept = '';
  #asked: Promise<string> | null = null;
  #refused = '';

  constructor(config: RealTimeConfig) {
    this.#config = config;
    this.source = config.token;
  }

  /** Null for guests, and for sessions that are cookies. */
  async get(): Promise<string | null> {
    const { source: token } = this;
    const { tokenEndpoint } = this.#config;
    if (!token && !tokenEndpoint) return null;
    if (expiry(this.#kept) - EARLY_MS > Date.now()) return this.#kept;
    const asked = (this.#asked ??= within(async (signal) => (token ? token() : this.#fetch(tokenEndpoint!, signal))));
    try {
      return (this.#kept = await asked);
    } finally {
      if (this.#asked === asked) this.#asked = null;
    }
  }

  /** One that has not been refused, or null. */
  async another(refused = this.#refused): Promise<string | null> {
    this.#refused = refused;
    this.forget();
    const token = await this.get();
    return token === refused ? null : token;
  }

  /** Asks for another one the next time. */
  forget(): void {
    this.#kept = '';
    this.#asked = null;
  }

  async #fetch(address: string, signal: AbortSignal): Promise<string> {
    const { credentials = 'same-origin' } = this.#config;
    const answer = await fetch(address, { method: 'GET', credentials, cache: 'no-store', signal });
    if (!answer.ok) throw await refusal(answer);
    return ((await answer.json()) as { token: string }).token;
  }
}

function expiry(token: string): number {
  return (claimsOf(token).exp ?? 0) * 1_000;
}

/** The user of a JWT, which only the gateway can verify; null if it is not a JWT. */
export function subjectOf(token: string): string | null {
  return claimsOf(token).sub ?? null;
}

/** Other claims would need decoding from UTF-8; an id that is part of channel names is ASCII. */
function claimsOf(token: string): Claims {
  try {
    const claims = token.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(claims)) as Claims;
  } catch {
    return {};
  }
}
