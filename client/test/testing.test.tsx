import { act, StrictMode, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import {
  useAnnouncements,
  useChannel,
  useConnectionState,
  useMessages,
  useNotifications,
  useOrderStatus,
  usePresence,
  useTypingIndicator,
  useUserPresence,
} from '../src';
import { fakeRealTime, type FakeRealTime } from '../src/testing';
import { FakeServer } from './support/fake-server';

/** As Testing Library renders: what the page shows, and its buttons. */
async function render(fake: FakeRealTime, ui: ReactNode) {
  const page = document.createElement('div');
  const root = createRoot(page);
  await act(async () =>
    root.render(
      <StrictMode>
        <fake.Provider>{ui}</fake.Provider>
      </StrictMode>,
    ),
  );
  const unmount = async () => {
    await act(async () => root.unmount());
    await vi.advanceTimersByTimeAsync(100);
  };
  return { text: () => page.textContent, click: () => act(async () => page.querySelector('button')!.click()), unmount };
}

/** Renders what `useText` returns, without any complaint of React. */
async function show(fake: FakeRealTime, useText: () => ReactNode, test: (page: Awaited<ReturnType<typeof render>>) => Promise<void>) {
  const complain = vi.spyOn(console, 'error');
  const Component = () => <>{useText()}</>;
  const page = await render(fake, <Component />);
  await test(page);
  await page.unmount();
  expect(complain).not.toHaveBeenCalled();
  expect(FakeServer.current.requests).toEqual([]);
  expect(FakeServer.current.sockets).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
}

function Bell() {
  const { notifications, unreadCount, markAsRead, error, isLoading } = useNotifications();
  if (error) return <p>{error.message}</p>;
  return (
    <button onClick={() => markAsRead(notifications[0]!.id)}>
      {isLoading ? '…' : `${unreadCount}: ${notifications.map(({ title }) => title).join()}`}
    </button>
  );
}

test('a bell counts what is there, and what comes; a click marks it', async () => {
  const fake = fakeRealTime();
  await fake.notify({ title: 'Sold' });
  await show(
    fake,
    () => <Bell />,
    async ({ text, click }) => {
      expect(text()).toBe('1: Sold');
      await fake.notify({ title: 'Paid', id: 'paid' });
      expect(text()).toBe('2: Paid,Sold');
      await click();
      expect(text()).toBe('1: Paid,Sold');
      expect(fake.requests.at(-1)).toEqual({ path: '/v1/notifications/paid/read', body: { revision: 1 } });
    },
  );
});

test('a bell says what is wrong, and that it is over', async () => {
  const fake = fakeRealTime();
  await fake.refuse('/v1/notifications', 403, 'not today');
  let retry = () => {};
  await show(
    fake,
    () => {
      retry = useNotifications().retry;
      return <Bell />;
    },
    async ({ text }) => {
      expect(text()).toBe('not today');
      await fake.allow('/v1/notifications');
      await act(async () => retry());
      expect(text()).toBe('0: ');
    },
  );
});

test('messages and typing arrive in their conversation only', async () => {
  const fake = fakeRealTime();
  await show(
    fake,
    () => {
      const { messages } = useMessages('c-1');
      const { typingUsers } = useTypingIndicator('c-1');
      return `${messages.map(({ senderId, content }) => `${senderId}: ${content}`).join()} (${typingUsers.join()})`;
    },
    async ({ text }) => {
      await fake.typing('c-1', 'ana');
      expect(text()).toBe(' (ana)');
      await fake.message({ conversationId: 'c-1', senderId: 'ana', content: 'Hi' });
      for (let n = 0; n < 11; n++) await fake.message({ conversationId: 'c-1', content: String(n) });
      await fake.message({ conversationId: 'c-2', content: 'elsewhere' });
      expect(text()).toBe(`ana: Hi,${Array.from({ length: 11 }, (_, n) => `other: ${n}`).join()} ()`);
    },
  );
});

test('people come and go', async () => {
  const fake = fakeRealTime({ userId: 'ben' });
  await fake.user('ana', 'online');
  await fake.join('presence-product-1', { id: 'ana', name: 'Ana' });
  await show(
    fake,
    () => {
      const { count, members, me } = usePresence('presence-product-1');
      return `${count} ${[...members.values()].map(({ name }) => name).join()} ${me?.id} ${useUserPresence('ana').status}`;
    },
    async ({ text }) => {
      expect(text()).toBe('2 ben,Ana ben online');
      await fake.join('presence-product-1', { id: 'cleo' });
      await fake.leave('presence-product-1', 'ana');
      await fake.user('ana', 'offline');
      expect(text()).toBe('2 ben,cleo ben offline');
      await fake.count('presence-product-1', 1_234);
      expect(text()).toBe('1234 ben,cleo ben offline');
    },
  );
});

test('orders and announcements', async () => {
  const fake = fakeRealTime();
  await fake.order('o-1', 'PLACED');
  await show(
    fake,
    () => `${useOrderStatus('o-1').update?.status} ${useAnnouncements().announcements.map(({ title }) => title)}`,
    async ({ text }) => {
      expect(text()).toBe('PLACED ');
      await fake.order('o-1', 'SHIPPED');
      await fake.announce({ title: 'Sale' });
      expect(text()).toBe('SHIPPED Sale');
    },
  );
});

test('the connection drops, and comes back with its channels', async () => {
  const fake = fakeRealTime();
  await show(
    fake,
    () => `${useConnectionState().state} ${useChannel('private-order-1').isSubscribed}`,
    async ({ text }) => {
      expect(text()).toBe('connected true');
      await fake.connection('unavailable');
      expect(text()).toBe('unavailable false');
      await fake.connection('connected');
      expect(text()).toBe('connected true');
    },
  );
});

test('a channel is refused, events of your own arrive, and what is triggered is noted', async () => {
  const fake = fakeRealTime();
  const heard: unknown[] = [];
  let channel: ReturnType<typeof useChannel> | undefined;
  await show(
    fake,
    () => {
      channel = useChannel('private-game-1');
      return channel.error ? `${channel.error.status}` : `${channel.isSubscribed}`;
    },
    async ({ text }) => {
      channel!.bind('client-wave', (data: { hand: string }) => heard.push(data.hand));
      await fake.push('private-game-1', 'client-wave', { hand: 'left' });
      expect(heard).toEqual(['left']);
      channel!.trigger('client-wave', { hand: 'right' });
      expect(fake.triggered).toEqual([{ channel: 'private-game-1', event: 'client-wave', data: { hand: 'right' } }]);
      await fake.refuse('private-game-1', 403);
      expect(text()).toBe('403');
      await fake.allow('private-game-1');
      await act(async () => channel!.retry());
      expect(text()).toBe('true');
    },
  );
});

test('two fakes have nothing to do with each other', async () => {
  const [one, other] = [fakeRealTime(), fakeRealTime()];
  await one.notify();
  await show(other, () => useNotifications().unreadCount, async ({ text }) => expect(text()).toBe('0'));
});

test('a notification is archived, and comes back from there', async () => {
  const fake = fakeRealTime();
  await fake.notify({ id: 'n-1', title: 'Sold' });
  const useText = () => {
    const inbox = useNotifications();
    const archive = useNotifications({ archived: true });
    const isArchived = archive.notifications.length > 0;
    return (
      <button onClick={() => (isArchived ? archive.unarchive('n-1') : inbox.archive('n-1'))}>
        {`${inbox.unreadCount} ${inbox.notifications.map(({ title }) => title).join()}`}
      </button>
    );
  };
  await show(fake, useText, async (page) => {
    expect(page.text()).toBe('1 Sold');
    await page.click();
    expect(page.text()).toBe('0 ');
    expect(fake.requests).toContainEqual({ path: '/v1/notifications/n-1/archive', body: { revision: 1 } });
    await page.click();
    expect(page.text()).toBe('1 Sold');
  });
});
