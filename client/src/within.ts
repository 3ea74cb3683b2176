import { RealTimeError } from './error.js';

const ANSWER_WITHIN_MS = 15_000;

/** Settles as `run` does, or fails when that takes too long or is not wanted any more. */
export function within<T>(run: (signal: AbortSignal) => Promise<T>, wanted?: AbortSignal): Promise<T> {
  // AbortSignal.any and AbortSignal.timeout are younger than the browsers that the README names.
  const inner = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const stop = () => {
      reject(new RealTimeError('no answer within 15 s'));
      inner.abort();
      end();
    };
    const timer = setTimeout(stop, ANSWER_WITHIN_MS);
    const end = () => {
      clearTimeout(timer);
      wanted?.removeEventListener('abort', stop);
    };
    wanted?.addEventListener('abort', stop);
    run(inner.signal).then(resolve, reject).finally(end);
  });
}
