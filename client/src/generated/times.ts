// Generated from schemas/src/main/resources/com/threadly/events/pushed-events.schema.json by `npm run contracts`. Change that, not this.

/** The fields of each event that are times. */
export const TIMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['new-message', ['createdAt']],
  ['notification', ['createdAt', 'expiresAt']],
  ['notifications-read', ['allUpTo', 'readAt']],
  ['notifications-marked', ['markedAt']],
  ['order-status', ['updatedAt']],
  ['presence-count', ['windowStart', 'windowEnd']],
  ['presence', ['lastSeen']],
  ['announcement', ['createdAt']],
  ['status-update', ['createdAt']],
]);
