// The bell, its count, and the list under it: one entry per id, newest first, brought up to date in place.

import { element, timeOfDay } from './dom.js';

const KEPT = 50;
const MOST_SHOWN = 99;

export class Bell {
  #button;
  #badge;
  #inbox;
  #list;
  #empty;
  #notes = new Map();

  constructor(root, name) {
    const bell = root.querySelector('.bell');
    this.#button = bell.querySelector('.bell-button');
    this.#badge = bell.querySelector('.badge');
    this.#inbox = bell.querySelector('.inbox');
    this.#list = bell.querySelector('.inbox-list');
    this.#empty = bell.querySelector('.inbox-empty');
    this.#inbox.setAttribute('aria-label', `Notifications for ${name}`);
    this.#button.addEventListener('click', () => (this.#inbox.hidden ? this.#open() : this.#close()));
    document.addEventListener('pointerdown', (event) => bell.contains(event.target) || this.#close());
    bell.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || this.#inbox.hidden) return;
      this.#close();
      this.#button.focus();
    });
    this.#count();
  }

  /** Shows a notification; true when its id is new here. */
  receive(notification) {
    const known = this.#notes.get(notification.id);
    const note = known ?? this.#add(notification);
    note.querySelector('.note-title').textContent = notification.title;
    note.querySelector('.note-text').textContent = notification.message;
    note.querySelector('time').textContent = timeOfDay(notification.createdAt);
    note.classList.toggle('unread', !notification.read);
    this.#count();
    return !known;
  }

  /** Another device of this person read some, or all up to a time. */
  wereRead({ notificationIds = [], allUpTo }) {
    for (const [id, note] of this.#notes) {
      const upTo = allUpTo && Date.parse(note.dataset.at) <= Date.parse(allUpTo);
      if (upTo || notificationIds.includes(id)) note.classList.remove('unread');
    }
    this.#count();
  }

  #add(notification) {
    const note = element('li', 'note');
    note.dataset.at = notification.createdAt;
    note.append(element('p', 'note-title'), element('time'), element('p', 'note-text'));
    this.#notes.set(notification.id, note);
    this.#list.prepend(note);
    this.#empty.hidden = true;
    if (this.#notes.size > KEPT) {
      const [oldest, its] = this.#notes.entries().next().value;
      its.remove();
      this.#notes.delete(oldest);
    }
    return note;
  }

  #open() {
    this.#inbox.hidden = false;
    this.#button.setAttribute('aria-expanded', 'true');
  }

  // What was in the list when it closes has been seen.
  #close() {
    if (this.#inbox.hidden) return;
    this.#inbox.hidden = true;
    this.#button.setAttribute('aria-expanded', 'false');
    for (const note of this.#notes.values()) note.classList.remove('unread');
    this.#count();
  }

  #count() {
    const unread = this.#list.querySelectorAll('.unread').length;
    this.#badge.hidden = unread === 0;
    this.#badge.textContent = unread > MOST_SHOWN ? `${MOST_SHOWN}+` : String(unread);
    this.#button.setAttribute('aria-label', unread === 0 ? 'Notifications' : `Notifications, ${unread} unread`);
  }
}
