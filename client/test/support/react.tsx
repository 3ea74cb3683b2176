import { StrictMode, act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { vi } from 'vitest';
import { RealTimeProvider, type RealTimeConfig } from '../../src';
import { FakeServer, tokenOf } from './fake-server';

export const CONFIG: RealTimeConfig = {
  pusherKey: 'key',
  wsHost: 'push.test',
  wsPort: 8080,
  forceTLS: false,
  enabledTransports: ['ws'],
  apiBase: 'http://gateway.test/',
  token: () => tokenOf('ben'),
};

const roots = new Set<Root>();

/** Lets `milliseconds` pass, and whatever follows from it happen. */
export async function pass(milliseconds = 10): Promise<void> {
  await act(() => vi.advanceTimersByTimeAsync(milliseconds));
}

export async function mount(ui: ReactNode) {
  const root = createRoot(document.createElement('div'));
  roots.add(root);
  const show = async (next: ReactNode) => {
    act(() => root.render(next));
    await pass();
  };
  await show(ui);
  return { show, unmount: () => end(root) };
}

export async function unmountAll(): Promise<void> {
  for (const root of roots) await end(root);
}

async function end(root: Root): Promise<void> {
  roots.delete(root);
  act(() => root.unmount());
  await pass();
}

/** What a hook returned last, in a component of its own below a provider of its own. */
export async function look<T>(useIt: () => T, config: Partial<RealTimeConfig> = {}) {
  const seen = { current: undefined as T, renders: 0 };
  const Looker = () => {
    seen.current = useIt();
    seen.renders++;
    return null;
  };
  const ui = () => (
    <StrictMode>
      <RealTimeProvider config={{ ...CONFIG, ...config }}>
        <Looker />
      </RealTimeProvider>
    </StrictMode>
  );
  const { show, unmount } = await mount(ui());
  return Object.assign(seen, { again: () => show(ui()), unmount });
}

/** The connections break, and whoever looks hears of it. */
export async function drop(): Promise<void> {
  await act(async () => FakeServer.current.drop());
}
