import { inFull, instantOf, type Instant, timeAndDay, timeOfDay } from '../time';
import { useToday } from './useToday';

interface Props {
  at: Instant;
  /** Whether something else names the day, as the line above a day's messages does. */
  dayIsNamed?: boolean;
}

/** A time, and its day unless that is today's; in full when pointed at. Nothing for what is no time. */
export function Time({ at, dayIsNamed = false }: Props) {
  useToday();
  const date = instantOf(at);
  if (!date) return null;
  return (
    <time dateTime={date.toISOString()} title={inFull(date)}>
      {dayIsNamed ? timeOfDay(date) : timeAndDay(date, new Date())}
    </time>
  );
}
