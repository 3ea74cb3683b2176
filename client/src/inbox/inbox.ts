import { userChannel } from '../config.js';
import { RealTimeError } from '../error.js';
import type { Notification, NotificationsMarked, NotificationsRead } from '../generated/events.js';
import { Shared } from '../shared.js';
import { Subscription } from '../subscription.js';
import { EMPTY, NOTHING, continued, counted, countsOf, markedSomewhere, ofPages, readSomewhere, received } from './ledger.js';
import { read, seen, unread, without } from './ledger.js';
import type { Change, Ledger } from './ledger.js';
import { isChange, markOf, markOfAll, withMarks, type About, type Marking } from './marks.js';

const PAGE = 50;
/** The gateway's page size. */
const LARGEST_PAGE = 100;
/** For the connection to be made before the first request: what is pushed meanwhile need not be asked for again. */
const PATIENCE_MS = 1_000;
/** For a mark that failed. */
const SHOWN_MS = 10_000;
/** Time from storing to pushing: until then, a notification may already be in a count. */
const UNSURE_MS = 5_000;
/** Time until a mark has reached the inbox, and the counts that it pushes. */
const SETTLED_MS = 10_000;

export interface InboxState {
  /** The latest first, one entry per id. */
  notifications: Notification[];
  /** Includes notifications that are not loaded; none that are archived. */
  unreadCount: number;
  /** Of the unread ones, those that were not seen either: what a bell shows. */
  unseenCount: number;
  hasMore: boolean;
  isLoading: boolean;
  /** The last error. Temporary failures are retried. */
  error: RealTimeError | null;
}

/** The key of what the user has archived. */
export const ARCHIVE = 'archive';

/** The user's inbox, or its archive: fetched at the start and after each gap, updated by pushes in between. */
export class Inbox extends Shared<InboxState> {
  static readonly initial: InboxState = {
    notifications: [],
    unreadCount: 0,
    unseenCount: 0,
    hasMore: false,
    isLoading: true,
    error: null,
  };

  #ledger = EMPTY;
  #error: RealTimeError | null = null;
  #markError: RealTimeError | null = null;
  #subscription: Subscription | undefined;
  readonly #listeners = new Set<(notification: Notification) => void>();
  readonly #retry = this.retrying(() => void this.refetch());

  readonly #marks = new Map<Change, ReturnType<typeof setTimeout> | undefined>();
  #countedAt = 0;
  #recount: ReturnType<typeof setTimeout> | undefined;

  /** Requests run one after the other, so that no response is applied to a state that it does not know. */
  #queue = Promise.resolve();
  #waiting = 0;
  #refreshWaits = false;
  #loads = 0;
  /** Whether the last attempt to load it has failed. */
  #isStale = true;
  #markFailure: ReturnType<typeof setTimeout> | undefined;
  /** Changes while a request is in flight: its response may be older, so they are applied again. */
  #meanwhile: Change[] | null = null;

  override start(): void {
    void this.#begin();
    this.atStop(
      () => clearTimeout(this.#markFailure),
      () => clearTimeout(this.#recount),
      () => this.#marks.forEach(clearTimeout),
    );
  }

  loadMore(): Promise<void> {
    return this.#enqueue(async () => {
      if (this.#isStale) await this.#load();
      const { next } = this.#ledger;
      if (next === null) return;
      const page = await this.client.gateway.notifications(PAGE, next, this.#isArchive, this.gone);
      this.#change(continued(this.#brought(ofPages(page.notifications, NOTHING, page.next))));
    });
  }

  async markAsRead(what: string | About): Promise<void> {
    if (typeof what === 'string') {
      if (!this.#shown(what)?.read) await this.#markOne('read', what, read);
      return;
    }
    const about = Object.entries(what)[0]!;
    const which = ({ metadata }: Notification) => metadata[about[0]] === about[1];
    await this.#mark(markOf(this.#ledger, read, which), () => this.client.gateway.mark('read', what));
  }

  async markAllAsRead(): Promise<void> {
    await this.#markAll('read', read);
  }

  markAsUnread(id: string): Promise<void> {
    return this.#markOne('unread', id, unread);
  }

  async markAllAsSeen(): Promise<void> {
    if (this.state.unseenCount > 0) await this.#markAll('seen', seen);
  }

  archive(id: string): Promise<void> {
    return this.#markOne('archive', id, without);
  }

  unarchive(id: string): Promise<void> {
    return this.#markOne('unarchive', id, without);
  }

  remove(id: string): Promise<void> {
    return this.#markOne('delete', id, without);
  }

  #markOne(change: string, id: string, marking: Marking): Promise<void> {
    const shown = this.#shown(id);
    const mark = markOf(this.#ledger, marking, (entry) => entry.id === id);
    return this.#mark(mark, () => this.client.gateway.markOne(change, id, shown?.revision));
  }

  #markAll(change: string, marking: typeof read | typeof seen): Promise<void> {
    return this.#mark(markOfAll(this.#ledger, marking), () => this.client.gateway.mark(change, { all: true }));
  }

  #shown(id: string): Notification | undefined {
    return this.state.notifications.find((entry) => entry.id === id);
  }

  get #isArchive(): boolean {
    return this.key === ARCHIVE;
  }

  /** Calls `listener` with each notification that arrives unread; with a digest each time that it grows. */
  onNotification(listener: (notification: Notification) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Once the channel is subscribed, which asks for the list, or soon without it. */
  async #begin(): Promise<void> {
    // A failure is the request's, too, which says so.
    await this.#listen().catch(() => {});
    if (this.gone.aborted || this.#subscription?.state.isSubscribed) return;
    const refetch = () => {
      clearTimeout(patience);
      unwatch?.();
      if (this.#ledger === EMPTY) void this.refetch();
    };
    const patience = setTimeout(refetch, this.#subscription ? PATIENCE_MS : 0);
    const unwatch = this.#subscription?.watch(refetch);
    this.atStop(() => clearTimeout(patience));
  }

  /** As much as was loaded before, from the front: it includes whatever was missed, in the right place. */
  refetch(): Promise<void> {
    if (this.#refreshWaits) return this.#queue;
    this.#refreshWaits = true;
    return this.#enqueue(() => this.#load());
  }

  async #load(): Promise<void> {
    this.#refreshWaits = false;
    this.#isStale = true;
    await this.#listen();
    const { gateway } = this.client;
    const wanted = Math.max(PAGE, this.#ledger.entries.length);
    const entries: Notification[] = [];
    let next: string | null = null;
    do {
      const size = Math.min(wanted - entries.length, LARGEST_PAGE);
      const page = await gateway.notifications(size, next, this.#isArchive, this.gone);
      entries.push(...page.notifications);
      next = page.next;
    } while (next !== null && entries.length < wanted);
    const counts = await gateway.counts(this.gone);
    this.#countedAt = Date.now();
    if (this.#meanwhile?.length) this.#countAgain();
    this.#ledger = this.#brought(ofPages(entries, counts, next));
    this.#isStale = false;
    this.#loads++;
  }

  async #listen(): Promise<void> {
    if (this.#subscription) return;
    const me = await this.client.gateway.me();
    if (this.gone.aborted) return;
    if (me === null) throw new RealTimeError('notifications need a token that names its user', 401);
    const subscription = (this.#subscription = this.use(Subscription, userChannel(this.client.config, me)));
    this.atStop(
      subscription.on<Notification>('notification', (notification) => this.#receive(notification)),
      subscription.on<NotificationsRead>('notifications-read', (event) => this.#readSomewhere(event)),
      subscription.on<NotificationsMarked>('notifications-marked', (event) => this.#markedSomewhere(event)),
      // Anything pushed before the subscription is in the inbox only.
      subscription.onSubscribed(() => void this.refetch()),
      subscription.watch(() => this.#show()),
    );
  }

  #receive(notification: Notification): void {
    const { entries } = this.#ledger;
    const isKnown = entries.some(({ id }) => id === notification.id);
    if (this.#isArchive) {
      // What has grown is back in the inbox.
      if (isKnown) void this.refetch();
      else this.#countAgain();
      return;
    }
    if (notification.archived) return;
    const isLatest = createdAt(notification) > Math.max(...entries.map(createdAt));
    if (!isKnown && (!isLatest || Date.now() - this.#countedAt < UNSURE_MS)) this.#countAgain();
    const before = this.#ledger;
    this.#change(received(notification));
    if (this.#ledger !== before && !notification.read) for (const listener of [...this.#listeners]) listener(notification);
  }

  #readSomewhere(event: NotificationsRead): void {
    this.#countedAt = Date.now();
    this.#change(readSomewhere(event, this.#ledger.entries));
    const { entries, unread, next } = this.#ledger;
    // A digest may have grown since, which its creation time does not show; or the event had no room for the ids.
    if (event.truncated || (next === null && !this.#isArchive && countsOf(entries).unread !== unread)) void this.refetch();
  }

  #markedSomewhere(event: NotificationsMarked): void {
    this.#countedAt = Date.now();
    this.#change(markedSomewhere(event, this.#isArchive));
    const isBack = event.state === 'unread' || event.state === 'unarchived' || (this.#isArchive && event.state === 'archived');
    if (isBack) this.#forgetStoredMarks();
    if (isBack || event.truncated) void this.refetch();
  }

  /** What took them back came after them. */
  #forgetStoredMarks(): void {
    for (const [mark, timer] of this.#marks) {
      if (timer === undefined) continue;
      clearTimeout(timer);
      this.#marks.delete(mark);
    }
  }

  /** `ledger`, which was requested a while ago, with the changes since. */
  #brought(ledger: Ledger): Ledger {
    return (this.#meanwhile ?? []).reduce((brought, change) => change(brought), ledger);
  }

  /** After a short wait, when everything stored has been pushed. */
  #countAgain(): void {
    this.#recount ??= setTimeout(async () => {
      this.#recount = undefined;
      const counts = await this.client.gateway.counts(this.gone).catch(() => null);
      if (counts === null) return;
      this.#countedAt = Date.now();
      this.#change(counted(counts));
    }, UNSURE_MS);
  }

  /** Never rejects: a failure becomes the state's `error`. */
  #enqueue(request: () => Promise<void>): Promise<void> {
    this.#waiting++;
    this.#show();
    return (this.#queue = this.#queue.then(async () => {
      this.#meanwhile = [];
      let error: RealTimeError | null = null;
      try {
        await request();
        if (!this.#isStale) this.#retry.done();
      } catch (thrown) {
        error = RealTimeError.of(thrown);
        if (!this.gone.aborted) this.#retry.after(error);
      }
      this.#meanwhile = null;
      this.#waiting--;
      this.#show(error);
    }));
  }

  async #mark(mark: Change, send: () => Promise<void>): Promise<void> {
    this.#marks.set(mark, undefined);
    this.#show();
    try {
      const loads = this.#loads;
      await send();
      if (this.gone.aborted) return;
      this.#forgetFailure();
      this.#marks.set(mark, setTimeout(() => void this.#settle(mark, loads), SETTLED_MS));
    } catch (thrown) {
      this.#marks.delete(mark);
      if (this.gone.aborted) return;
      const failure = RealTimeError.of(thrown);
      this.#markError = failure;
      clearTimeout(this.#markFailure);
      this.#markFailure = setTimeout(() => this.#forgetFailure(), SHOWN_MS);
      this.#show();
    }
  }

  /** After a gap, it may have been taken back unheard: the inbox knows by now. */
  async #settle(mark: Change, loads: number): Promise<void> {
    const hadGap = loads !== this.#loads && isChange(mark, this.#ledger);
    if (hadGap) await this.refetch();
    if (!this.#marks.delete(mark) || this.gone.aborted) return;
    if (hadGap && !this.#isStale) this.#show();
    else this.#change(mark);
  }

  #forgetFailure(): void {
    clearTimeout(this.#markFailure);
    this.#markError = null;
    this.#show();
  }

  #change(change: Change): void {
    this.#ledger = change(this.#ledger);
    this.#meanwhile?.push(change);
    this.#show();
  }

  #show(error = this.#error): void {
    this.#error = error;
    const { entries, unread, unseen, next } = withMarks(this.#ledger, this.#marks.keys());
    this.state = {
      // A copy: what a component does to its list must not reach this one.
      notifications: [...entries],
      unreadCount: unread,
      unseenCount: unseen,
      hasMore: next !== null,
      isLoading: this.#waiting > 0 || (this.#isStale && !error),
      error: this.#markError ?? error ?? this.#subscription?.state.error ?? null,
    };
  }
}

function createdAt(notification: Notification): number {
  return notification.createdAt.getTime();
}
