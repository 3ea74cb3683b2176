// What the browser keeps for this page. Where it keeps nothing, and access alone throws, the page itself does until it is left.

const memory = new Map<string, string>();

function inStorage<T>(what: (storage: Storage) => T, otherwise: () => T): T {
  try {
    return what(window.localStorage);
  } catch {
    // Blocked, or full.
    return otherwise();
  }
}

export const stored = (key: string): string | null =>
  memory.get(key) ?? inStorage((storage) => storage.getItem(key), () => null);

export function store(key: string, value: string): void {
  memory.delete(key);
  inStorage((storage) => storage.setItem(key, value), () => void memory.set(key, value));
}

export function forget(key: string): void {
  memory.delete(key);
  inStorage((storage) => storage.removeItem(key), () => {});
}

export const storedKeys = (prefix: string): string[] =>
  [...inStorage((storage) => Object.keys(storage), () => []), ...memory.keys()].filter((key) => key.startsWith(prefix));
