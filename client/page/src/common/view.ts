// What may be said of something that is asked of a server. Nothing is called empty unless that is known now.

export interface Knowledge {
  /** Whether it was ever told. */
  known: boolean;
  empty: boolean;
  /** Whether asking failed last. */
  failed: boolean;
  offline: boolean;
}

export type View = 'ready' | 'loading' | 'empty' | 'failed' | 'offline';

export function viewOf({ known, empty, failed, offline }: Knowledge): View {
  if (known && !empty) return 'ready';
  if (offline) return 'offline';
  if (failed) return 'failed';
  return known ? 'empty' : 'loading';
}
