export type { RealTimeConfig } from './config.js';
export { RealTimeError } from './error.js';
export { RealTimeProvider, type RealTimeProviderProps } from './react/provider.js';

export type { Connection, ConnectionState } from './connection.js';
export { useConnectionState, usePusher } from './react/use-connection.js';
export type { Retryable } from './store.js';
export type { Bind, Channel } from './channel.js';
export { useChannel } from './react/use-channel.js';
export { useEvent } from './react/use-event.js';
export type { EventMeta } from './subscription.js';
export type { ChannelPresence, Member } from './presence.js';
export { usePresence } from './react/use-presence.js';
export { channelNames } from './channel-names.js';
export type { OrderStatusState } from './order-status.js';
export { useOrderStatus } from './react/use-order-status.js';
export type { Announcements } from './announcements.js';
export { useAnnouncements } from './react/use-announcements.js';
export type { UserPresenceState } from './user-presence.js';
export { useUserPresence } from './react/use-user-presence.js';
export type { TypingIndicator } from './typing.js';
export { useTypingIndicator } from './react/use-typing-indicator.js';
export type { FetchMissed, MessageInput, Messages, MessagesOptions } from './messages.js';
export { useMessages } from './react/use-messages.js';
export type { Notifications, NotificationsOptions } from './inbox/notifications.js';
export { useNotifications } from './react/use-notifications.js';

export type * from './generated/events.js';
export type { MessageEvent, NotificationEvent, PresenceEvent, TypingEvent } from './event-types.js';
