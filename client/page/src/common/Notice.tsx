import type { ReactNode } from 'react';
import type { View } from './view';
import './notice.css';

interface Props {
  view: Exclude<View, 'ready'>;
  children: ReactNode;
  /** What "Try again" does. */
  retry?: (() => void) | undefined;
}

/** Takes the place of what is not there, and says why. */
export function Notice({ view, children, retry }: Props) {
  return (
    <div className="notice" data-view={view} role={view === 'failed' ? 'alert' : 'status'}>
      <span className="notice-sign" aria-hidden="true" />
      <p>{children}</p>
      {retry && (
        <button className="text-button" type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}
