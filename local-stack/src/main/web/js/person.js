// One side of the conversation: a connection, what arrives on it, and what its person does.

import { sendMessage, sendTyping } from './api.js';
import { Bell } from './bell.js';
import { connect, showState } from './connection.js';
import { Conversation } from './conversation.js';
import { TypingLine, TypingTeller } from './typing.js';

/** `shared` holds what both people's connections feed: the latencies, the order, the viewers, and a place for errors. */
export function startPerson(root, config, person, role, shared) {
  const other = config.people.find(({ userId }) => userId !== person.userId);
  label(root, person, role, other);

  const pusher = connect(config, person);
  showState(pusher, root);
  const subscribe = (name) => {
    const channel = pusher.subscribe(name);
    channel.bind('pusher:subscription_error', ({ status }) => shared.complain(`${person.name}: ${name} refused (${status})`));
    return channel;
  };

  const conversation = new Conversation(root, person.userId);
  const typingLine = new TypingLine(root);
  const bell = new Bell(root, person.name);

  subscribe(`private-conversation-${config.conversationId}`)
    .bind('new-message', (message) => {
      if (conversation.receive(message)) shared.latency.record(message.createdAt);
      if (message.senderId !== person.userId) typingLine.clear();
    })
    .bind('typing', ({ userId, isTyping }) => {
      if (userId === person.userId) return;
      if (isTyping) typingLine.show(userId === other.userId ? other.name : 'Someone');
      else typingLine.clear();
    });

  subscribe(`private-user-${person.userId}`)
    .bind('notification', (notification) => {
      // A digest keeps the time of its first message, so its age says nothing of how long this event took.
      if (bell.receive(notification) && notification.type !== 'message') shared.latency.record(notification.createdAt);
    })
    .bind('notifications-read', (read) => bell.wereRead(read));

  subscribe(`private-order-${config.orderId}`).bind('order-status', (event) => {
    if (shared.order.receive(event)) shared.latency.record(event.updatedAt);
  });

  const product = subscribe(config.productChannel);
  const members = () => shared.viewers.members(product.members.count);
  product
    .bind('pusher:subscription_succeeded', members)
    .bind('pusher:member_added', members)
    .bind('pusher:member_removed', members)
    .bind('presence-count', (event) => shared.viewers.count(event));

  startCompose(root.querySelector('.compose'), person, conversation, () => pusher.connection.socket_id);
}

function label(root, person, role, other) {
  root.setAttribute('aria-label', `${person.name}, ${role}`);
  root.querySelector('.avatar').textContent = [...person.name][0] ?? '';
  root.querySelector('.name').textContent = person.name;
  root.querySelector('.role').textContent = role;
  root.querySelector('.messages').setAttribute('aria-label', `${person.name}'s conversation with ${other.name}`);
}

function startCompose(form, person, conversation, socketId) {
  const box = form.querySelector('textarea');
  const teller = new TypingTeller((typing) => sendTyping(person.userId, typing));
  box.placeholder = `Write as ${person.name}`;
  box.setAttribute('aria-label', `Message from ${person.name}`);

  box.addEventListener('input', () => (box.value.trim() ? teller.typed() : teller.stopped()));
  box.addEventListener('blur', () => teller.stopped());
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = '';
    teller.stopped();
    conversation.write(text, () => sendMessage(person.userId, text, socketId()));
    box.focus();
  });
}
