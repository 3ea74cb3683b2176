// The order's way, step by step. Statuses off that way are named below the steps.

import { element, timeWithSeconds } from './dom.js';

const STEPS = { PLACED: 'Placed', CONFIRMED: 'Confirmed', SHIPPED: 'Shipped', DELIVERED: 'Delivered', COMPLETED: 'Completed' };
const ASIDE = { CANCELLED: 'Cancelled', DISPUTED: 'In dispute', REFUNDED: 'Refunded' };

export class OrderTracker {
  #items;
  #note;
  #at = -Infinity;

  constructor(list, note) {
    this.#items = Object.values(STEPS).map((label) => element('li', 'step', label));
    list.append(...this.#items);
    this.#note = note;
  }

  /** Both people's connections carry the same events: an older or repeated one changes nothing. */
  receive({ status, previousStatus, updatedAt }) {
    const at = Date.parse(updatedAt);
    if (at <= this.#at) return false;
    this.#at = at;
    const aside = ASIDE[status];
    this.#mark(aside ? previousStatus : status, !aside);
    this.#note.classList.toggle('aside', Boolean(aside));
    this.#note.textContent = aside ? `${aside} at ${timeWithSeconds(updatedAt)}` : `Updated at ${timeWithSeconds(updatedAt)}`;
    return true;
  }

  #mark(status, current) {
    const reached = Object.keys(STEPS).indexOf(status);
    this.#items.forEach((item, index) => {
      item.classList.toggle('done', index < reached || (index === reached && !current));
      item.classList.toggle('now', index === reached && current);
      if (index === reached && current) item.setAttribute('aria-current', 'step');
      else item.removeAttribute('aria-current');
    });
  }
}
