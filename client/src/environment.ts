// What browsers have and other places, such as React Native or a test, may not.

/** Calls `handler` at each `event`, until the returned function is called. Where nothing tells of it, never. */
export function listen(target: EventTarget | undefined, event: string, handler: () => void): () => void {
  target?.addEventListener?.(event, handler);
  return () => target?.removeEventListener?.(event, handler);
}

export const theWindow = (): EventTarget | undefined => globalThis as unknown as EventTarget;

export const theDocument = (): Document | undefined => (globalThis as { document?: Document }).document;

export const isHidden = (): boolean => theDocument()?.visibilityState === 'hidden';

/** Reports what a handler of the page has thrown as uncaught. */
export function report(thrown: unknown): void {
  if (typeof reportError === 'function') reportError(thrown);
  else setTimeout(() => throwIt(thrown));
}

function throwIt(thrown: unknown): never {
  throw thrown;
}
