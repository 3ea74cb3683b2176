import type Pusher from 'pusher-js';
import type { Channel, ChannelAuthorizationHandler } from 'pusher-js';
import { RealTimeError } from './error.js';
import type { Gateway } from './gateway.js';
import type { ChannelAuthorization } from './generated/api.js';

/** As many as the gateway answers at once. */
const LARGEST_BATCH = 100;
/** So that all clients of a server that was away do not ask in the same millisecond. */
const SPREAD_MS = 1_000;

/** Whose channels to authorize. */
export interface Applicant {
  readonly pusher: Pusher;
  /** Why a channel is refused, while that is reported: pusher-js itself passes on only the text. */
  refusal: RealTimeError | undefined;
  /** Whether it is connecting again, and subscribes to all that it had. */
  readonly isBack: boolean;
}

interface Application {
  readonly socketId: string;
  readonly channelName: string;
  /** A channel that is subscribed again applies again. */
  readonly channel: Channel | undefined;
  readonly callback: Parameters<ChannelAuthorizationHandler>[1];
}

/** Asks the gateway for private channels, together. A response that nobody waits for any more is dropped. */
export function authorizer(applicant: Applicant, gateway: Gateway, gone: AbortSignal): ChannelAuthorizationHandler {
  let waiting: Application[] = [];

  // The signature is for this socket only.
  const isAwaited = ({ socketId, channelName, channel }: Application) =>
    !gone.aborted &&
    applicant.pusher.connection.socket_id === socketId &&
    applicant.pusher.channel(channelName) === channel;

  function refuse({ callback }: Application, refusal: RealTimeError): void {
    applicant.refusal = refusal;
    callback(refusal, null);
    applicant.refusal = undefined;
  }

  function admit({ callback, channel }: Application, authorization: ChannelAuthorization): void {
    callback(null, authorization);
    if (authorization.moved_to) channel?.emit('conversation-moved', { channel: authorization.moved_to });
  }

  async function apply(all: Application[]): Promise<void> {
    const names = [...new Set(all.map(({ channelName }) => channelName))];
    let decide: (application: Application) => void;
    try {
      const decisions = await gateway.authorize(all[0]!.socketId, names, gone);
      decide = (application) => {
        const decision = decisions.get(application.channelName)!;
        if (decision instanceof RealTimeError) refuse(application, decision);
        else admit(application, decision);
      };
    } catch (thrown) {
      decide = (application) => refuse(application, RealTimeError.of(thrown));
    }
    all.filter(isAwaited).forEach(decide);
  }

  function applyAll(): void {
    const all = waiting.filter(isAwaited);
    waiting = [];
    for (let from = 0; from < all.length; from += LARGEST_BATCH) void apply(all.slice(from, from + LARGEST_BATCH));
  }

  return ({ socketId, channelName }, callback) => {
    waiting.push({ socketId, channelName, channel: applicant.pusher.channel(channelName), callback });
    if (waiting.length > 1) return;
    if (applicant.isBack) setTimeout(applyAll, Math.random() * SPREAD_MS);
    else queueMicrotask(applyAll);
  };
}
