import { useSyncExternalStore } from 'react';
import { MoonIcon, SunIcon } from '../icons';
import { chooseTheme, currentTheme, watchTheme } from './theme';

export function ThemeToggle() {
  const dark = useSyncExternalStore(watchTheme, currentTheme) === 'dark';
  return (
    <button
      className="icon-button"
      type="button"
      aria-label="Dark mode"
      aria-pressed={dark}
      onClick={() => chooseTheme(dark ? 'light' : 'dark')}
    >
      {dark ? <SunIcon /> : <MoonIcon />}
    </button>
  );
}
