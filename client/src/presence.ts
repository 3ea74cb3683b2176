import type { PresenceCount } from './generated/events.js';
import { Shared } from './shared.js';
import { Subscription } from './subscription.js';
import { useClient } from './use-client.js';
import { useShared } from './use-shared.js';

/** What members may know about each other: claims of the token, such as `name`. */
export type MemberInfo = Readonly<Record<string, string>>;

export interface Member {
  id: string;
  info: MemberInfo;
}

export interface ChannelPresence {
  /** By user id. Pusher reports up to a hundred members. */
  members: ReadonlyMap<string, MemberInfo>;
  /** What presence-aggregator counted; until then, the number of `members`. */
  count: number;
  me: Member | null;
}

/** Who is on a presence channel; `null` for none. */
export function usePresence(channel: string | null): ChannelPresence {
  const client = useClient('usePresence');
  return useShared(client, Viewers, client.config.enablePresence ? channel : null);
}

class Viewers extends Shared<ChannelPresence> {
  static readonly initial: ChannelPresence = { members: new Map(), count: 0, me: null };

  #counted: number | null = null;

  override start(): void {
    const subscription = this.use(Subscription, this.key);
    const show = () => this.#show(subscription);
    this.atStop(
      subscription.onSubscribed(() => {
        // From an earlier connection; the next one comes when the number changes.
        this.#counted = null;
        show();
      }),
      subscription.on('pusher:member_added', show),
      subscription.on('pusher:member_removed', show),
      subscription.on<PresenceCount>('presence-count', ({ count }) => {
        this.#counted = count;
        show();
      }),
    );
  }

  #show({ members: list }: Subscription): void {
    if (list === undefined) return;
    const members = new Map<string, MemberInfo>();
    list.each(({ id, info }: Member) => members.set(id, info));
    this.state = { members, count: this.#counted ?? list.count, me: list.me as Member | null };
  }
}
