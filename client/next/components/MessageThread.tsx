'use client';

import { useChannel, useTypingIndicator } from '@threadly/real-time/client';
import { useEffect, useState } from 'react';

interface Message {
  id: string;
  content: string;
  senderId: string;
  createdAt: Date;
}

export function MessageThread({ conversationId }: { conversationId: string }) {
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
    <section aria-label="Messages" aria-busy={!isSubscribed}>
      {messages.map((message) => (
        <Bubble key={message.id} message={message} />
      ))}
      {typingUsers.length > 0 && <Writers users={typingUsers} />}
      <Reply onStart={() => sendTyping(true)} onStop={() => sendTyping(false)} />
    </section>
  );
}

function Bubble({ message: { senderId, content, createdAt } }: { message: Message }) {
  return (
    <p>
      {senderId}: {content} <time>{createdAt.getFullYear()}</time>
    </p>
  );
}

const Writers = ({ users }: { users: string[] }) => <p role="status">{users.join(' and ')} writing</p>;

const Reply = ({ onStart, onStop }: { onStart: () => void; onStop: () => void }) => (
  <input aria-label="Reply" onChange={onStart} onBlur={onStop} />
);
