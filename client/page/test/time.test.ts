import { expect, test } from 'vitest';
import { dayName, instantOf, timeAndDay } from '../src/time';

const NOW = new Date(2026, 2, 1, 9, 0);

test.each([
  ['today', new Date(2026, 2, 1, 0, 0), '00:00', 'Today'],
  ['a minute before midnight', new Date(2026, 1, 28, 23, 59), 'Yesterday, 23:59', 'Yesterday'],
  ['the day before yesterday', new Date(2026, 1, 27, 23, 59), '27 Feb, 23:59', 'Friday 27 February'],
  ['the same day of another year', new Date(2025, 2, 1, 9, 0), '1 Mar 2025, 09:00', 'Saturday 1 March 2025'],
  ['tomorrow, by a clock ahead', new Date(2026, 2, 2, 0, 30), '2 Mar, 00:30', 'Monday 2 March'],
])('%s', (_, at, time, day) => {
  expect(timeAndDay(at, NOW, 'en-GB')).toBe(time);
  expect(dayName(at, NOW, 'en-GB').replace(',', '')).toBe(day);
});

test('what is no time is none', () => {
  expect(instantOf('soon')).toBeNull();
  expect(instantOf('')).toBeNull();
});
