import type { ComponentType } from 'react';
import { expect, test, vi } from 'vitest';
import { RealTimeProvider } from '../src';
import { FakeServer } from './support/fake-server';
import { CONFIG, mount } from './support/react';

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
