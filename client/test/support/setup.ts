import { afterEach, beforeEach, vi } from 'vitest';
import { FakeServer } from './fake-server';
import { unmountAll } from './react';

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean;
}
globalThis.IS_REACT_ACT_ENVIRONMENT = true;

beforeEach(() => {
  vi.useFakeTimers();
  FakeServer.install();
});

afterEach(async () => {
  await unmountAll();
  vi.useRealTimers();
});
