import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { RealTimeProvider, type RealTimeConfig } from '../src';
import { FakeInbox, notification } from './support/fake-inbox';
import { FakeServer } from './support/fake-server';
import { CONFIG, mount, pass } from './support/react';

const others = import.meta.glob<{ showUnread: typeof showUnread }>('./readme/*.ts', { eager: true });
const examples = import.meta.glob<Record<string, ComponentType>>('./readme/*.tsx', { eager: true });

test('the README has an example of each hook', () => {
  expect(Object.values(examples).flatMap((example) => Object.keys(example))).toEqual([
    'App',
    'Bell',
    'Conversation',
    'Compose',
    'Viewers',
    'Seller',
    'Order',
    'Progress',
    'News',
    'Status',
    'ParcelStory',
  ]);
});

test.each(Object.values(examples).flatMap((example) => Object.entries(example)))('%s runs', async (_, Example) => {
  const complain = vi.spyOn(console, 'error');
  await mount(
    <RealTimeProvider config={CONFIG}>
      <Example />
    </RealTimeProvider>,
  );
  expect(FakeServer.current.open.length).toBeGreaterThan(0);
  expect(complain).not.toHaveBeenCalled();
});

declare function showUnread(badge: HTMLElement, config: RealTimeConfig): () => void;

test('the example without React runs', async () => {
  const [example] = Object.values(others);
  const inbox = new FakeInbox(FakeServer.current);
  inbox.store(notification(1), notification(2, { read: true }));
  const badge = document.createElement('b');
  const end = example!.showUnread(badge, CONFIG);
  await pass();
  expect(badge.textContent).toBe('1');
  end();
  await pass();
  expect(FakeServer.current.open).toEqual([]);
});
