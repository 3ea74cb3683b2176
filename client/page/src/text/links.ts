import { harmless } from './harmless';

export interface Link {
  href: string;
  text: string;
}

/** A schema that a browser may open, then all that is no space, quote or bracket of another kind. */
const ADDRESS = /\b(?:https?:\/\/|www\.)[^\s<>"'`\u2018-\u201f\u2066-\u2069\u200e\u200f\u202a-\u202e]+/gi;
const CLOSES = /[.,:;!?…)\]}]$/;

/** The text in pieces, with the addresses of web pages as links. */
export function linked(text: string): (string | Link)[] {
  const pieces: (string | Link)[] = [];
  const safe = harmless(text);
  let from = 0;
  for (const found of safe.matchAll(ADDRESS)) {
    const address = withoutEnd(found[0]);
    const href = hrefOf(address);
    if (href === null) continue;
    if (found.index > from) pieces.push(safe.slice(from, found.index));
    pieces.push({ href, text: address });
    from = found.index + address.length;
  }
  if (from < safe.length || pieces.length === 0) pieces.push(safe.slice(from));
  return pieces;
}

/** What ends the sentence is no part of the address; a bracket that it opened itself is. */
function withoutEnd(address: string): string {
  let end = address;
  while (CLOSES.test(end) && !(end.endsWith(')') && count(end, '(') >= count(end, ')'))) end = end.slice(0, -1);
  return end;
}

const count = (text: string, character: string) => text.split(character).length - 1;

/** The address as the browser takes it, where a lookalike host shows as what it is; null for what is none. */
function hrefOf(address: string): string | null {
  try {
    const url = new URL(/^www\./i.test(address) ? `https://${address}` : address);
    return url.username || url.password || !url.hostname.includes('.') && url.hostname !== 'localhost' ? null : url.href;
  } catch {
    return null;
  }
}
