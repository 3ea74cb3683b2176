export type { RealTimeConfig } from './config.js';
export { RealTimeError } from './error.js';
export { RealTimeProvider, type RealTimeProviderProps } from './provider.js';

export { useConnectionState, usePusher, type Connection, type ConnectionState } from './connection.js';
export type { Retryable } from './use-shared.js';
export { useChannel, type Bind, type Channel } from './channel.js';
export { useEvent } from './use-event.js';
export type { EventMeta } from './subscription.js';
export { usePresence, type ChannelPresence, type Member } from './presence.js';
export { channelNames } from './channel-names.js';
export { useOrderStatus, type OrderStatusState } from './order-status.js';
export { useAnnouncements, type Announcements } from './announcements.js';
export { useUserPresence, type UserPresenceState } from './user-presence.js';
export { useTypingIndicator, type TypingIndicator } from './typing.js';
export { useMessages, type FetchMissed, type MessageInput, type Messages, type MessagesOptions } from './messages.js';
export { useNotifications, type Notifications, type NotificationsOptions } from './inbox/notifications.js';

export type * from './generated/events.js';
export type { MessageEvent, NotificationEvent, PresenceEvent, TypingEvent } from './event-types.js';
