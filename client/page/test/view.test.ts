import { expect, test } from 'vitest';
import { viewOf } from '../src/common/view';
import { lineOf } from '../src/connection/line';
import { RealTimeError } from '@threadly/real-time';

test.each([
  [{ known: false, empty: true, failed: false, offline: false }, 'loading'],
  [{ known: false, empty: true, failed: true, offline: false }, 'failed'],
  [{ known: false, empty: true, failed: true, offline: true }, 'offline'],
  [{ known: true, empty: true, failed: false, offline: false }, 'empty'],
  [{ known: true, empty: true, failed: true, offline: false }, 'failed'],
  [{ known: true, empty: true, failed: false, offline: true }, 'offline'],
  [{ known: true, empty: false, failed: true, offline: true }, 'ready'],
])('%o is %s', (knowledge, view) => {
  expect(viewOf(knowledge)).toBe(view);
});

const CONNECTED = { isConnected: true, isConnecting: false };
const joined = { isSubscribed: true, error: null };
const waits = { isSubscribed: false, error: null };
const fails = { isSubscribed: false, error: new RealTimeError('unavailable', 503) };
const refused = { isSubscribed: false, error: new RealTimeError('not yours', 403) };

test.each([
  ['all joined', true, CONNECTED, [joined, joined], 'live'],
  ['one still to join', true, CONNECTED, [joined, waits], 'joining'],
  ['one cannot be joined now', true, CONNECTED, [joined, fails], 'refused'],
  ['one is of others', true, CONNECTED, [joined, refused], 'live'],
  ['all are of others', true, CONNECTED, [refused], 'refused'],
  ['connecting', true, { isConnected: false, isConnecting: true }, [waits], 'joining'],
  ['not connected', true, { isConnected: false, isConnecting: false }, [waits], 'offline'],
  ['no network', false, CONNECTED, [joined], 'offline'],
])('%s', (_, isOnline, connection, channels, line) => {
  expect(lineOf(isOnline, connection, channels)).toBe(line);
});
