import type { Message } from '@threadly/real-time';
import { dayOf, type Instant, instantOf } from '../time';

const ONE_BREATH_MS = 60_000;

/** What one person said in one breath: it is shown under one time. */
export interface Group {
  id: string;
  senderId: string;
  at: Instant;
  messages: Message[];
}

/** What was said on one day. */
export interface Day {
  at: Instant;
  groups: Group[];
}

export function daysOf(messages: readonly Message[]): Day[] {
  const days: { at: Instant; messages: Message[] }[] = [];
  for (const message of messages) {
    const last = days.at(-1);
    if (last && isSameDay(last.at, message.createdAt)) last.messages.push(message);
    else days.push({ at: message.createdAt, messages: [message] });
  }
  return days.map((day) => ({ at: day.at, groups: groupsOf(day.messages) }));
}

export function groupsOf(messages: readonly Message[]): Group[] {
  const groups: Group[] = [];
  for (const message of messages) {
    const last = groups.at(-1);
    if (last && last.senderId === message.senderId && age(last.at, message.createdAt) < ONE_BREATH_MS) {
      last.messages.push(message);
      last.at = message.createdAt;
    } else {
      groups.push({ id: message.id, senderId: message.senderId, at: message.createdAt, messages: [message] });
    }
  }
  return groups;
}

const age = (from: Instant, to: Instant) => new Date(to).getTime() - new Date(from).getTime();

/** What is no time starts no day. */
function isSameDay(one: Instant, other: Instant): boolean {
  const [a, b] = [instantOf(one), instantOf(other)];
  return !b || (a !== null && dayOf(a) === dayOf(b));
}
