import { ConnectionStatus } from '@/components/ConnectionStatus';
import { MessageThread } from '@/components/MessageThread';
import { NotificationBell } from '@/components/NotificationBell';
import { UserPresence } from '@/components/UserPresence';

interface Props {
  searchParams: Promise<{ conversation?: string; product?: string }>;
}

export default async function Page({ searchParams }: Props) {
  const { conversation = '', product = '' } = await searchParams;
  return (
    <main>
      <ConnectionStatus />
      <NotificationBell />
      <UserPresence productId={product} />
      <MessageThread conversationId={conversation} />
    </main>
  );
}
