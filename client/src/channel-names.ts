const UNESCAPED = /[A-Za-z0-9_\-.,;@]/;

/** The names of channels; any text in them is encoded into what a name may have, as the Java side does. */
export const channelNames = {
  conversation: (conversationId: string) => `private-conversation-${conversationId}`,
  user: (userId: string) => `private-user-${userId}`,
  order: (orderId: string) => `private-order-${orderId}`,
  product: (productId: string) => `presence-product-${productId}`,
  category: (categoryId: string) => `presence-category-${categoryId}`,
  /** @param query any text */
  search: (query: string) => `presence-search-${encoded(query)}`,
  announcements: 'global-announcements',
  statusUpdates: 'status-updates',
} as const;

function encoded(text: string): string {
  // Half a character becomes a question mark there.
  return Array.from(new TextEncoder().encode(text.replace(/\p{Cs}/gu, '?')), (byte) => {
    const character = String.fromCharCode(byte);
    return UNESCAPED.test(character) ? character : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
}
