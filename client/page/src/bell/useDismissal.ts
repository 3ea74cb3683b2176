import { type RefObject, useEffect, useEffectEvent } from 'react';

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
    document.addEventListener('keydown', onKey);
    document.addEventListener('pointerdown', onElsewhere);
    document.addEventListener('focusin', onElsewhere);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('pointerdown', onElsewhere);
      document.removeEventListener('focusin', onElsewhere);
    };
  }, [open]);
}
