import type { Message } from '@threadly/real-time';

const ONE_BREATH_MS = 60_000;

/** What one person said in one breath: it is shown under one time. */
export interface Group {
  id: string;
  senderId: string;
  at: Date;
  messages: Message[];
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

const age = (from: Date, to: Date) => to.getTime() - from.getTime();
