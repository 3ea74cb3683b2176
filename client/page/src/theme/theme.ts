// Light or dark: what the system prefers, until somebody chooses here.

import { store, stored } from '../common/storage';

const KEY = 'threadly-theme';
const ATTRIBUTE = 'data-theme';
const PREFERS_DARK = window.matchMedia('(prefers-color-scheme: dark)');
const watchers = new Set<() => void>();

export type Theme = 'light' | 'dark';

export function currentTheme(): Theme {
  const chosen = document.documentElement.getAttribute(ATTRIBUTE);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return PREFERS_DARK.matches ? 'dark' : 'light';
}

export function applyChosenTheme(): void {
  const chosen = stored(KEY);
  if (chosen) document.documentElement.setAttribute(ATTRIBUTE, chosen);
}

export function chooseTheme(theme: Theme): void {
  store(KEY, theme);
  document.documentElement.setAttribute(ATTRIBUTE, theme);
  watchers.forEach((changed) => changed());
}

/** Calls back whenever the answer of `currentTheme` may have changed. */
export function watchTheme(changed: () => void): () => void {
  watchers.add(changed);
  PREFERS_DARK.addEventListener('change', changed);
  return () => {
    watchers.delete(changed);
    PREFERS_DARK.removeEventListener('change', changed);
  };
}
