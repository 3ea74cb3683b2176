import type Pusher from 'pusher-js';
import type { ChannelAuthorizationHandler } from 'pusher-js';
import { RealTimeError } from './error.js';
import type { Gateway } from './gateway.js';

/** Asks the gateway for each private channel. An answer that nobody waits for any more is dropped. */
export function authorizer(
  pusher: () => Pusher,
  gateway: Gateway,
  refusals: Map<string, RealTimeError>,
  gone: AbortSignal,
): ChannelAuthorizationHandler {
  return ({ socketId, channelName }, callback) => {
    const asking = pusher().channel(channelName);
    // The signature is for this socket only, and a channel that was given up and wanted again asks for itself.
    const isAwaited = () =>
      !gone.aborted && pusher().connection.socket_id === socketId && pusher().channel(channelName) === asking;

    gateway.authorize(socketId, channelName, gone).then(
      (authorization) => {
        refusals.delete(channelName);
        if (isAwaited()) callback(null, authorization);
      },
      (thrown: unknown) => {
        if (!isAwaited()) return;
        const refused = RealTimeError.of(thrown);
        refusals.set(channelName, refused);
        callback(refused, null);
      },
    );
  };
}
