// The bubbles of one conversation as one person sees it. Bounded, and stuck to the bottom unless the reader scrolled up.

import { element, timeOfDay } from './dom.js';
import { RecentIds } from './recent.js';

const KEPT = 100;
const NEAR_BOTTOM_PX = 48;
const ONE_BREATH_MS = 60_000;

export class Conversation {
  #list;
  #newer;
  #me;
  #seen = new RecentIds(4 * KEPT);
  #unconfirmed = [];
  #sticks = true;

  constructor(root, me) {
    this.#list = root.querySelector('.messages');
    this.#newer = root.querySelector('.newer');
    this.#me = me;
    this.#list.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#newer.addEventListener('click', () => {
      this.#toBottom();
      this.#list.focus();
    });
    new ResizeObserver(() => this.#sticks && this.#toBottom()).observe(this.#list);
  }

  /** Shows a message that arrived; false when it was there already. */
  receive(message) {
    if (!this.#seen.add(message.id)) return false;
    if (message.senderId === this.#me && this.#confirms(message)) return true;
    const text = message.truncated ? `${message.content}…` : message.content;
    this.#append(this.#bubble(message.senderId, text, message.createdAt));
    return true;
  }

  /** Shows what the person just wrote, before anybody else has it. */
  write(text, deliver) {
    const bubble = this.#bubble(this.#me, text, new Date().toISOString());
    this.#sticks = true;
    this.#append(bubble);
    this.#deliver(bubble, text, deliver);
  }

  async #deliver(bubble, text, deliver) {
    const label = bubble.querySelector('small');
    const waiting = { bubble, text };
    bubble.className = bubble.className.replace(' failed', '') + ' pending';
    label.textContent = 'Sending…';
    this.#remember(waiting);
    try {
      await deliver();
      label.textContent = timeOfDay(bubble.dataset.at);
    } catch (refused) {
      this.#unconfirmed = this.#unconfirmed.filter((other) => other !== waiting);
      bubble.classList.add('failed');
      const again = element('button', 'again', 'Try again');
      again.type = 'button';
      again.addEventListener('click', () => this.#deliver(bubble, text, deliver), { once: true });
      label.replaceChildren(`Not sent: ${refused.message} `, again);
    }
    bubble.classList.remove('pending');
    if (this.#sticks) this.#toBottom();
  }

  // Most of these never come back, as the sender's own connection is left out of the broadcast; so only the last few wait.
  #remember(waiting) {
    this.#unconfirmed.push(waiting);
    if (this.#unconfirmed.length > 10) this.#unconfirmed.shift();
  }

  #confirms(message) {
    const index = this.#unconfirmed.findIndex((waiting) => waiting.text === message.content);
    if (index < 0) return false;
    this.#unconfirmed.splice(index, 1);
    return true;
  }

  #bubble(senderId, text, at) {
    const bubble = element('li', senderId === this.#me ? 'bubble mine fresh' : 'bubble fresh');
    bubble.dataset.sender = senderId;
    bubble.dataset.at = at;
    bubble.append(element('p', '', text), element('small', '', timeOfDay(at)));
    return bubble;
  }

  #append(bubble) {
    const last = this.#list.lastElementChild;
    const soon = last && Date.parse(bubble.dataset.at) - Date.parse(last.dataset.at) < ONE_BREATH_MS;
    if (soon && last.dataset.sender === bubble.dataset.sender) bubble.classList.add('follows');
    this.#list.append(bubble);
    while (this.#list.childElementCount > KEPT) this.#list.firstElementChild.remove();
    if (this.#sticks) this.#toBottom();
    else this.#newer.hidden = false;
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#list;
    this.#sticks = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
    if (this.#sticks) this.#newer.hidden = true;
  }

  #toBottom() {
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#sticks = true;
    this.#newer.hidden = true;
  }
}
