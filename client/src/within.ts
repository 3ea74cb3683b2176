import { RealTimeError } from './error.js';

const ANSWER_WITHIN_MS = 15_000;

/** Settles as `run` does, or fails when that takes too long or is not wanted any more. */
export function within<T>(run: (signal: AbortSignal) => Promise<T>, wanted?: AbortSignal): Promise<T> {
  // AbortSignal.any and AbortSignal.timeout are younger than the browsers that the README names.
  return new Promise((resolve, reject) => {
    const inner = new AbortController();
    const fail = (why: string) => {
      reject(new RealTimeError(why));
      inner.abort();
    };
    const stop = () => fail('it is not wanted any more');
    const timer = setTimeout(() => fail(`no answer within ${ANSWER_WITHIN_MS / 1_000} s`), ANSWER_WITHIN_MS);
    wanted?.addEventListener('abort', stop);
    const end = () => {
      clearTimeout(timer);
      wanted?.removeEventListener('abort', stop);
    };
    inner.signal.addEventListener('abort', end);
    if (wanted?.aborted) stop();
    else run(inner.signal).then(resolve, reject).finally(end);
  });
}
