import { type RefObject, useEffect, useEffectEvent } from 'react';
import { listen } from '../common/listen';

/** Dismisses what is open in `root` by Escape, and once focus or the pointer goes elsewhere. */
export function useDismissal(
  root: RefObject<HTMLElement | null>,
  open: boolean,
  dismiss: (how: 'escape' | 'elsewhere') => void,
) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.key === 'Escape') dismiss('escape');
  });
  const onElsewhere = useEffectEvent((event: Event) => {
    if (event.target instanceof Node && !root.current?.contains(event.target)) dismiss('elsewhere');
  });

  useEffect(() => {
    if (!open) return;
    const ends = [listen(onKey, [document, 'keydown']), listen(onElsewhere, [document, 'pointerdown'], [document, 'focusin'])];
    return () => ends.forEach((end) => end());
  }, [open]);
}
