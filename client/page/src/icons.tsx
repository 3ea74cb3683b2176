// Strokes on a grid of 24; decoration only, so the button around each carries the words.

import type { ReactNode } from 'react';

const Icon = ({ children }: { children: ReactNode }) => (
  <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
    {children}
  </svg>
);

export const BellIcon = () => (
  <Icon>
    <path d="M6 16v-5.5a6 6 0 0 1 12 0V16l1.5 2h-15zM10 20.5a2 2 0 0 0 4 0" />
  </Icon>
);

export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
);

export const AloneIcon = () => (
  <Icon>
    <path d="M14 5h5v5M19 5l-8 8M17 14v4a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 5 18V9a1.5 1.5 0 0 1 1.5-1.5H10" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M19.5 14.2A7.8 7.8 0 0 1 9.8 4.5a7.8 7.8 0 1 0 9.7 9.7z" />
  </Icon>
);

export const ParcelIcon = () => (
  <Icon>
    <path d="M4.5 8 12 4l7.5 4v8L12 20l-7.5-4zM4.5 8l7.5 4 7.5-4M12 12v8M8.2 6l7.5 4" />
  </Icon>
);

export const TalkIcon = () => (
  <Icon>
    <path d="M5 6.5h14v9.5H11l-4 3.5V16H5z" />
  </Icon>
);

export const CoinIcon = () => (
  <Icon>
    <rect x="3.5" y="6" width="17" height="12" rx="2.5" />
    <path d="M3.5 10h17M7 14.5h4" />
  </Icon>
);

export const ThreadIcon = () => (
  <Icon>
    <path d="M7 5h10M7 19h10M8.5 5v14M15.5 5v14M8.5 9l7 2M8.5 13l7 2" />
  </Icon>
);

export const GoIcon = () => (
  <Icon>
    <path d="M9 6l6 6-6 6" />
  </Icon>
);
