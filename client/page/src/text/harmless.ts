/** U+202D and U+202E turn all that follows around, so that a text shows what it does not say. Nobody writes them. */
const OVERRIDES = /[\u202d\u202e]/g;

export const harmless = (text: string): string => text.replace(OVERRIDES, '');
