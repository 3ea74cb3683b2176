import { RealTimeError } from '@threadly/real-time';
import { useCallback, useEffect, useEffectEvent, useState } from 'react';
import { Backoff } from './backoff';

export interface Loaded<T> {
  /** The latest that was told; null before the first. */
  data: T | null;
  /** Why asking failed last; null once it succeeds again. */
  failure: RealTimeError | null;
  isLoading: boolean;
  reload: () => void;
}

interface Answer<T> extends Pick<Loaded<T>, 'data' | 'failure'> {
  /** What it is the answer to. */
  answered: string;
}

/** Asks at once, whenever `when` changes, and again for as long as a failure may pass. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, when: boolean | null): Loaded<T> {
  const [{ data, failure, answered }, setAnswer] = useState<Answer<T>>({ data: null, failure: null, answered: '' });
  const [round, setRound] = useState(0);
  const [backoff] = useState(() => new Backoff());
  const ask = useEffectEvent(load);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const asked = `${when} ${round}`;

  useEffect(() => {
    const gone = new AbortController();
    const leave = () => gone.abort();
    ask(gone.signal).then(
      (told) => {
        if (gone.signal.aborted) return;
        backoff.reset();
        setAnswer({ data: told, failure: null, answered: asked });
      },
      (thrown: unknown) => {
        if (gone.signal.aborted) return;
        const why = RealTimeError.of(thrown);
        setAnswer((before) => ({ ...before, failure: why, answered: asked }));
        if (why.mayPass) backoff.after(reload, gone.signal);
      },
    );
    window.addEventListener('online', reload, { signal: gone.signal });
    return leave;
  }, [asked, backoff, reload]);

  return { data, failure, isLoading: answered !== asked, reload };
}
