import { channelNames } from './channel-names.js';
import type { RealTime } from './client.js';
import type { Announcement } from './generated/events.js';
import { Shared } from './shared.js';
import { storeOf, type Store } from './store.js';
import { Subscription } from './subscription.js';

const LARGEST = 100;

export interface Announcements {
  /** What was announced since the channels were subscribed, the latest first; one entry per id. */
  announcements: Announcement[];
  /** Of the services' state, in the same way. */
  statusUpdates: Announcement[];
}

export const announcementsOf = (client: RealTime): Store<Announcements> => storeOf(client, Board, '');

class Board extends Shared<Announcements> {
  static readonly initial: Announcements = { announcements: [], statusUpdates: [] };

  override start(): void {
    this.#show('announcements', 'announcement');
    this.#show('statusUpdates', 'status-update');
  }

  #show(list: keyof Announcements, event: string): void {
    const subscription = this.use(Subscription, channelNames[list]);
    this.atStop(
      subscription.on<Announcement>(event, (announcement) => {
        const others = this.state[list].filter(({ id }) => id !== announcement.id);
        this.state = { ...this.state, [list]: [announcement, ...others].slice(0, LARGEST) };
      }),
    );
  }
}
