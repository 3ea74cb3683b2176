import type { Notification } from '@threadly/real-time';

export type Destination = 'conversation' | 'order';

/** What this page shows. */
export interface Shown {
  conversationId: string;
  orderId: string;
}

/** Where on the page that is of which a notification tells; null if it is not there. */
export function destinationOf({ metadata }: Pick<Notification, 'metadata'>, shown: Shown): Destination | null {
  if (metadata.conversationId === shown.conversationId) return 'conversation';
  if (metadata.orderId === shown.orderId) return 'order';
  return null;
}
