/** Has `handler` hear each of the events of its target, until the returned function is called. */
export function listen<E extends Event>(handler: (event: E) => void, ...events: [EventTarget, string][]): () => void {
  const gone = new AbortController();
  for (const [target, event] of events) target.addEventListener(event, handler as EventListener, { signal: gone.signal });
  return () => gone.abort();
}
