// Times as people say them. Whoever reads "14:40" takes it for today, so any other day is named.

export type Instant = string | Date;

const CLOCK: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };
const LONG_DAY: Intl.DateTimeFormatOptions = { weekday: 'long', day: 'numeric', month: 'long' };

const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: Date, options: Intl.DateTimeFormatOptions, locale?: string): string {
  const key = locale + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat(locale, options)));
  return known.format(at);
}

/** Null for what is no time. */
export function instantOf(at: Instant): Date | null {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** The local day, as a number that tells days apart. */
export const dayOf = (at: Date) => at.getFullYear() * 10_000 + at.getMonth() * 100 + at.getDate();

const yesterdayOf = (now: Date) => dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1));

const year = (at: Date, now: Date): Intl.DateTimeFormatOptions =>
  at.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };

/** A day by itself, as between messages: "Today", "Yesterday", "Monday 24 November". */
export function dayName(at: Date, now: Date, locale?: string): string {
  if (dayOf(at) === dayOf(now)) return 'Today';
  if (dayOf(at) === yesterdayOf(now)) return 'Yesterday';
  return format(at, { ...LONG_DAY, ...year(at, now) }, locale);
}

export const timeOfDay = (at: Date, locale?: string): string => format(at, CLOCK, locale);

/** A time by itself: "14:40", "Yesterday, 14:40", "24 Nov, 14:40", "24 Nov 2025, 14:40". */
export function timeAndDay(at: Date, now: Date, locale?: string): string {
  const time = timeOfDay(at, locale);
  if (dayOf(at) === dayOf(now)) return time;
  if (dayOf(at) === yesterdayOf(now)) return `Yesterday, ${time}`;
  return `${format(at, { ...DAY, ...year(at, now) }, locale)}, ${time}`;
}

/** In full, for whoever asks. */
export const inFull = (at: Date, locale?: string): string => format(at, { dateStyle: 'full', timeStyle: 'medium' }, locale);
