import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

const NEAR_END_PX = 48;

/**
 * Keeps a list at its end while the reader is there. `newest` names the last entry, and `written` counts what the reader
 * wrote: whoever writes wants to see it.
 */
export function useStickToEnd(newest: string | undefined, written: number) {
  const scroller = useRef<HTMLDivElement>(null);
  // What was the newest when the reader left the end; null while they are there.
  const [left, setLeft] = useState<{ newest: string | undefined } | null>(null);
  const [writtenBefore, setWrittenBefore] = useState(written);
  if (written !== writtenBefore) {
    setWrittenBefore(written);
    if (written > writtenBefore) setLeft(null);
  }
  const sticks = left === null;

  useLayoutEffect(() => {
    if (sticks) toEnd(scroller.current);
  }, [newest, written, sticks]);

  const stay = useEffectEvent(() => sticks && toEnd(scroller.current));
  useLayoutEffect(() => {
    const resized = new ResizeObserver(() => stay());
    if (scroller.current) resized.observe(scroller.current);
    return () => resized.disconnect();
  }, []);

  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    setLeft((before) => (isNear ? null : (before ?? { newest })));
  };

  return { scroller, behind: left !== null && left.newest !== newest, jump: () => setLeft(null), onScroll };
}

function toEnd(list: HTMLElement | null): void {
  list?.scrollTo({ top: list.scrollHeight });
}
