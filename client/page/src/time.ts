const CLOCK = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const WITH_SECONDS = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export const timeOfDay = (at: Date) => CLOCK.format(at);
export const timeWithSeconds = (at: Date) => WITH_SECONDS.format(at);
