import { useRef, useState } from 'react';

/** What somebody wrote and the stack has not taken yet. */
export interface Draft {
  key: number;
  text: string;
  problem: string | null;
}

export interface Outbox {
  drafts: readonly Draft[];
  write(text: string): void;
  retry(draft: Draft): void;
}

/** Shows at once what is written, until `send` is done with it. */
export function useOutbox(send: (text: string) => Promise<void>): Outbox {
  const [drafts, setDrafts] = useState<readonly Draft[]>([]);
  const nextKey = useRef(0);

  async function deliver(draft: Draft) {
    const others = (all: readonly Draft[]) => all.filter(({ key }) => key !== draft.key);
    const become = (problem: string | null) => setDrafts((all) => [...others(all), { ...draft, problem }]);
    become(null);
    await send(draft.text).then(
      () => setDrafts(others),
      (failure: Error) => become(failure.message),
    );
  }

  return {
    drafts,
    write: (text) => void deliver({ key: nextKey.current++, text, problem: null }),
    retry: (draft) => void deliver(draft),
  };
}
