import type { RealTime } from './client.js';
import type { RealTimeError } from './error.js';
import type { PresenceCount } from './generated/events.js';
import { Shared } from './shared.js';
import { storeOf, type Store } from './store.js';
import { Subscription } from './subscription.js';

/** A member, with what members may know about each other: claims of the token, such as `name`. */
export interface Member {
  id: string;
  /** The id, if the token has no name. */
  name: string;
  [claim: string]: string;
}

export interface ChannelPresence {
  /** By user id. Pusher admits up to a hundred members; `count` has the others, too. */
  members: Map<string, Member>;
  /** What presence-aggregator counted; until then, the number of `members`. */
  count: number;
  /** Null until known, and for whom Pusher does not admit. */
  me: Member | null;
  /** Why `members` or `count` are not known. Temporary failures are retried. */
  error: RealTimeError | null;
}

/** The channel of the counts of a presence channel. */
const countsOf = (channel: string) => channel.replace(/^presence-/, 'private-cache-viewers-');

export const presenceOf = (client: RealTime, channel: string | null): Store<ChannelPresence> =>
  storeOf(client, Viewers, client.config.enablePresence ? channel : null);

class Viewers extends Shared<ChannelPresence> {
  static readonly initial: ChannelPresence = { members: new Map(), count: 0, me: null, error: null };

  #counted: number | null = null;

  override start(): void {
    const subscription = this.use(Subscription, this.key);
    // Pusher hands the latest count to whoever subscribes.
    const counts = this.use(Subscription, countsOf(this.key));
    const show = () => this.#show(subscription, counts);
    this.atStop(
      subscription.onSubscribed(show),
      subscription.watch(show),
      counts.watch(show),
      subscription.on('pusher:member_added', show),
      subscription.on('pusher:member_removed', show),
      counts.on<PresenceCount>('presence-count', ({ count }) => {
        this.#counted = count;
        show();
      }),
    );
  }

  #show({ members: list, state }: Subscription, counts: Subscription): void {
    const members = new Map<string, Member>();
    list?.each((member: PusherMember) => members.set(member.id, memberOf(member)));
    const me = list?.me as PusherMember | undefined;
    this.state = {
      members,
      count: this.#counted ?? members.size,
      me: me ? memberOf(me) : null,
      error: state.error ?? counts.state.error,
    };
  }
}

interface PusherMember {
  id: string;
  info?: Record<string, string>;
}

function memberOf({ id, info }: PusherMember): Member {
  return { ...info, id, name: info?.['name'] ?? id };
}
