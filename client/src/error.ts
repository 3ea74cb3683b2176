import type { Problem } from './generated/api.js';

/** A request that was refused or failed. */
export class RealTimeError extends Error {
  override readonly name = 'RealTimeError';

  /**
   * @param status of HTTP, or Pusher's own; undefined if there was no response
   * @param retryAfter milliseconds that the response asks to wait
   * @param cause what was thrown instead of a response
   */
  constructor(
    message: string,
    readonly status?: number,
    readonly retryAfter?: number,
    cause?: unknown,
  ) {
    super(message, { cause });
  }

  static of(thrown: unknown): RealTimeError {
    if (thrown instanceof RealTimeError) return thrown;
    return new RealTimeError(thrown instanceof Error ? thrown.message : String(thrown), undefined, undefined, thrown);
  }

  /** Whether a retry may succeed. */
  get mayPass(): boolean {
    return this.status === undefined || this.status === 429 || this.status >= 500;
  }
}

/** What an HTTP response that is no success says. */
export async function refusal(answer: Response): Promise<RealTimeError> {
  const problem = (await answer.json().catch(() => null)) as Partial<Problem> | null;
  const asked = answer.headers.get('Retry-After') ?? '';
  // Seconds, or a date.
  const wait = Number(asked) * 1_000 || Date.parse(asked) - Date.now();
  return new RealTimeError(problem?.detail ?? `HTTP ${answer.status}`, answer.status, wait > 0 ? wait : undefined);
}
