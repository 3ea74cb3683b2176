/** What was refused, or did not arrive. */
export class RealTimeError extends Error {
  override readonly name = 'RealTimeError';

  /**
   * @param status of HTTP, or Pusher's own; undefined when there was no answer
   * @param retryAfter milliseconds that the answer asks to wait
   * @param cause what was thrown instead of an answer
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

  /** Whether the same may go well a little later. */
  get mayPass(): boolean {
    return this.status === undefined || this.status === 429 || this.status >= 500;
  }
}
