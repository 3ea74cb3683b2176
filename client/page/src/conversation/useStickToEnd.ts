import { useLayoutEffect, useRef, useState } from 'react';

const NEAR_END_PX = 48;

/**
 * Keeps a list at its end while the reader is there. `newest` names the last entry, and `written` counts what the reader
 * wrote: whoever writes wants to see it.
 */
export function useStickToEnd(newest: string | undefined, written: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const writtenBefore = useRef(written);
  const [behind, setBehind] = useState(false);

  const jump = () => {
    sticks.current = true;
    setBehind(false);
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  };

  useLayoutEffect(() => {
    if (sticks.current || written > writtenBefore.current) jump();
    else setBehind(true);
    writtenBefore.current = written;
  }, [newest, written]);

  useLayoutEffect(() => {
    const resized = new ResizeObserver(() => sticks.current && jump());
    if (scroller.current) resized.observe(scroller.current);
    return () => resized.disconnect();
  }, []);

  const onScroll = () => {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = scroller.current ?? {};
    sticks.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    if (sticks.current) setBehind(false);
  };

  return { scroller, behind, jump, onScroll };
}
