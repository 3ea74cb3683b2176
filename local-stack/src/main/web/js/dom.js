// Text from outside only ever becomes textContent.

export function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const format = (formatter, iso) => {
  const when = new Date(iso);
  return Number.isNaN(when.getTime()) ? '' : formatter.format(when);
};

export const timeOfDay = (iso) => format(clock, iso);
export const timeWithSeconds = (iso) => format(clockWithSeconds, iso);
