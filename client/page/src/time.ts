const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const WITH_SECONDS = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const timeOfDay = (at: string) => CLOCK.format(new Date(at));
export const timeWithSeconds = (at: string) => WITH_SECONDS.format(new Date(at));
