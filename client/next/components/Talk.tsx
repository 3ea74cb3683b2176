'use client';

import { useChannel, useTypingIndicator } from '@threadly/real-time/client';
import { useEffect, useState } from 'react';

interface Message {
  id: string;
  content: string;
  senderId: string;
  createdAt: Date;
}

export function Talk({ conversationId }: { conversationId: string }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const { bind, isSubscribed } = useChannel(`private-conversation-${conversationId}`);
  const { typingUsers, sendTyping } = useTypingIndicator(conversationId);

  useEffect(() => {
    const unsubscribe = bind('new-message', (data: Message) => {
      setMessages((before) => [...before, data]);
    });
    return unsubscribe;
  }, [bind]);

  return (
    <section aria-label="Talk" aria-busy={!isSubscribed}>
      {messages.map((message) => (
        <p key={message.id}>
          {message.senderId}: {message.content} <time>{message.createdAt.getFullYear()}</time>
        </p>
      ))}
      {typingUsers.length > 0 && <Writers users={typingUsers} />}
      <input aria-label="Reply" onChange={() => sendTyping(true)} onBlur={() => sendTyping(false)} />
    </section>
  );
}

const Writers = ({ users }: { users: string[] }) => <p role="status">{users.join(' and ')} writing</p>;
