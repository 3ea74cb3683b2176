// How much is unread, where one sees it from another tab: in the title, and by the icon.

import { useEffect } from 'react';

const ICON = '/icon.svg';
const UNREAD_ICON = '/icon-unread.svg';
const MOST_SHOWN = 99;

const counts = new Map<string, number>();
let title: string | undefined;

/** Adds what `who` has not read to what the tab shows, while the component is there. */
export function useUnread(who: string, count: number): void {
  useEffect(() => {
    counts.set(who, count);
    show();
    return () => {
      counts.delete(who);
      show();
    };
  }, [who, count]);
}

function show(): void {
  title ??= document.title;
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  document.title = titleWith(title, all);
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const wanted = all > 0 ? UNREAD_ICON : ICON;
  if (icon && icon.getAttribute('href') !== wanted) icon.setAttribute('href', wanted);
}

export const titleWith = (plain: string, unread: number): string =>
  unread === 0 ? plain : `(${unread > MOST_SHOWN ? `${MOST_SHOWN}+` : unread}) ${plain}`;
