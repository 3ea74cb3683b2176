export type { RealTimeConfig } from './config';
export { RealTimeError } from './error';
export { RealTimeProvider, type RealTimeProviderProps } from './provider';

export { useConnectionState, type Connection, type ConnectionState } from './socket';
export { useChannel, type Bind, type Channel } from './channel';
export type { EventMeta } from './subscription';
export { usePresence, type ChannelPresence, type Member, type MemberInfo } from './presence';
export { useUserPresence, type UserPresenceState } from './user-presence';
export { useTypingIndicator, type TypingIndicator } from './typing';
export { useMessages, type FetchMissed, type Messages, type MessagesOptions } from './messages';
export { useNotifications, type Notifications } from './inbox/notifications';

export type * from './generated/events';
