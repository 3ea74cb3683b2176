import type Pusher from 'pusher-js';
import type { ChannelAuthorizationHandler } from 'pusher-js';
import { RealTimeError } from './error.js';
import type { Gateway } from './gateway.js';

/** Whose channels to authorize. */
export interface Applicant {
  readonly pusher: Pusher;
  /** Why a channel is refused, while that is reported: pusher-js itself passes on only the text. */
  refusal: RealTimeError | undefined;
}

/** Asks the gateway for each private channel. A response that nobody waits for any more is dropped. */
export function authorizer(applicant: Applicant, gateway: Gateway, gone: AbortSignal): ChannelAuthorizationHandler {
  return async ({ socketId, channelName }, callback) => {
    const { pusher } = applicant;
    const asking = pusher.channel(channelName);
    // The signature is for this socket only, and a channel that is subscribed again makes its own request.
    const isAwaited = () =>
      !gone.aborted && pusher.connection.socket_id === socketId && pusher.channel(channelName) === asking;
    try {
      const authorization = await gateway.authorize(socketId, channelName, gone);
      if (!isAwaited()) return;
      callback(null, authorization);
      if (authorization.moved_to) asking?.emit('conversation-moved', { channel: authorization.moved_to });
    } catch (thrown) {
      if (!isAwaited()) return;
      applicant.refusal = RealTimeError.of(thrown);
      callback(applicant.refusal, null);
      applicant.refusal = undefined;
    }
  };
}
