import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { Failure } from '../stack';
import { Backoff } from './backoff';

export interface Loaded<T> {
  /** The latest that was told; null before the first. */
  data: T | null;
  /** Why asking failed last; null once it succeeds again. */
  failure: Failure | null;
  isLoading: boolean;
  reload: () => void;
}

/** Asks at once, whenever `when` changes, and again for as long as a failure may pass. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, when: unknown): Loaded<T> {
  const [{ data, failure, isLoading }, setShown] = useState<Omit<Loaded<T>, 'reload'>>({
    data: null,
    failure: null,
    isLoading: true,
  });
  const [round, setRound] = useState(0);
  const backoff = useRef(new Backoff()).current;
  const ask = useEffectEvent(load);
  const reload = useCallback(() => setRound((before) => before + 1), []);

  useEffect(() => {
    const gone = new AbortController();
    const leave = () => gone.abort();
    setShown((before) => ({ ...before, isLoading: true }));
    ask(gone.signal).then(
      (told) => {
        if (gone.signal.aborted) return;
        backoff.reset();
        setShown({ data: told, failure: null, isLoading: false });
      },
      (thrown: unknown) => {
        if (gone.signal.aborted) return;
        const why = Failure.of(thrown);
        setShown((before) => ({ ...before, failure: why, isLoading: false }));
        if (why.mayPass) backoff.after(reload, gone.signal);
      },
    );
    window.addEventListener('online', reload, { signal: gone.signal });
    return leave;
  }, [when, round, backoff, reload]);

  return { data, failure, isLoading, reload };
}
