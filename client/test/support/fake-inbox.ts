import { act } from 'react';
import type { Notification, NotificationsMarked, NotificationsRead } from '../../src';
import { FakeServer } from './fake-server';

const CHANNEL = 'private-user-ben';

export function notification(id: number, more: Partial<Notification> = {}): Notification {
  const createdAt = new Date(Date.UTC(2026, 0, 1, 12, 0, id));
  return { id: `n-${id}`, userId: 'ben', title: '', message: '', type: 'order', metadata: {}, revision: 1, read: false, createdAt, ...more };
}

export function digest(id: number, count: number, more: Partial<Notification> = {}): Notification {
  return notification(id, { type: 'message', metadata: { conversationId: 'c-1', count }, revision: count, ...more });
}

/** What the notification worker stores and pushes, and the gateway answers. */
export class FakeInbox {
  /** The latest first. */
  stored: readonly Notification[] = [];

  constructor(server: FakeServer) {
    server.answer('GET /v1/notifications', ({ url }) => {
      const isArchive = url.searchParams.get('archived') === 'true';
      const entries = this.stored.filter(({ archived = false }) => archived === isArchive);
      const from = Number(url.searchParams.get('cursor') ?? 0);
      const to = from + Number(url.searchParams.get('limit'));
      return { notifications: entries.slice(from, to), next: to < entries.length ? String(to) : null };
    });
    server.answer('GET /v1/notifications/unread-count', () => ({ unread: this.unread, unseen: this.unseen }));
    server.answer('POST /v1/notifications/read', ({ body }) => {
      const { conversationId } = body as { conversationId?: string };
      return this.mark(({ metadata }) => conversationId === undefined || metadata.conversationId === conversationId);
    });
    server.answer('POST /v1/notifications/seen', () => this.change(() => true, { seen: true }));
    for (let id = 0; id < 200; id++) {
      server.answer(`POST /v1/notifications/n-${id}/read`, () => this.mark((entry) => entry.id === `n-${id}`));
      const is = (entry: Notification) => entry.id === `n-${id}`;
      server.answer(`POST /v1/notifications/n-${id}/unread`, () => this.change(is, { read: false }));
      server.answer(`POST /v1/notifications/n-${id}/archive`, () => this.change(is, { archived: true }));
      server.answer(`POST /v1/notifications/n-${id}/unarchive`, () => this.change(is, { archived: false }));
      server.answer(`POST /v1/notifications/n-${id}/delete`, () => {
        this.stored = this.stored.filter((entry) => !is(entry));
      });
    }
  }

  get unread(): number {
    return this.stored.filter(({ read, archived }) => !read && !archived).length;
  }

  get unseen(): number {
    return this.stored.filter(({ read, archived, seen }) => !read && !archived && !seen).length;
  }

  mark(which: (entry: Notification) => boolean): undefined {
    return this.change(which, { read: true });
  }

  change(which: (entry: Notification) => boolean, to: Partial<Notification>): undefined {
    this.stored = this.stored.map((entry) => (which(entry) ? { ...entry, ...to } : entry));
  }

  store(...entries: Notification[]): void {
    for (const entry of entries) this.stored = [entry, ...this.stored.filter(({ id }) => id !== entry.id)];
  }

  push(...entries: Notification[]): void {
    act(() => entries.forEach((entry) => FakeServer.current.push(CHANNEL, 'notification', entry)));
  }

  arrive(...entries: Notification[]): void {
    this.store(...entries);
    this.push(...entries);
  }

  pushMarked(state: NotificationsMarked['state'], more: Partial<NotificationsMarked> = {}): void {
    const event = {
      userId: 'ben',
      state,
      notificationIds: [],
      revisions: [],
      markedAt: new Date('2026-01-01T13:00:00Z'),
      unreadCount: this.unread,
      unseenCount: this.unseen,
      ...more,
    };
    act(() => FakeServer.current.push(CHANNEL, 'notifications-marked', event));
  }

  pushRead(more: Partial<NotificationsRead>): void {
    const event = {
      userId: 'ben',
      notificationIds: [],
      revisions: [],
      allUpTo: null,
      readAt: new Date('2026-01-01T13:00:00Z'),
      unreadCount: this.unread,
      unseenCount: this.unseen,
      ...more,
    };
    act(() => FakeServer.current.push(CHANNEL, 'notifications-read', event));
  }
}
