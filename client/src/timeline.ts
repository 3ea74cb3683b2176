import type { Message } from './generated/events.js';

/** `messages` with `more`: by time, then by id; one entry per id. The same list if nothing is new. */
export function merged(messages: readonly Message[], more: readonly Message[]): readonly Message[] {
  // Most come one by one, each the latest.
  const [only, last] = [more[0], messages.at(-1)];
  if (more.length === 1 && only && (!last || inOrder(last, only) < 0) && !messages.some(({ id }) => id === only.id)) {
    return [...messages, only];
  }
  const byId = new Map(messages.map((message) => [message.id, message]));
  for (const message of more) {
    const known = byId.get(message.id);
    // The whole text, from its owner's API, replaces the cut one; never the other way round.
    if (known === undefined || (known.truncated && !message.truncated)) byId.set(message.id, message);
  }
  const all = [...byId.values()];
  if (all.length === messages.length && all.every((message, index) => message === messages[index])) return messages;
  return all.sort(inOrder);
}

function inOrder(a: Message, b: Message): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1);
}
