// Subscribes as the user named on the command line and prints one line per event of pusher-js.
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';

const [modules, port, key, secret, user, ...channels] = process.argv.slice(2);
const Pusher = createRequire(modules)('pusher-js');
const print = (...parts) => console.log(parts.join(' '));

function authorize({ socketId, channelName }, answer) {
  const channelData = channelName.startsWith('presence-')
    ? JSON.stringify({ user_id: user, user_info: { name: `Name of ${user}` } })
    : undefined;
  const text = [socketId, channelName, channelData].filter((part) => part !== undefined).join(':');
  const auth = `${key}:${createHmac('sha256', secret).update(text).digest('hex')}`;
  answer(null, { auth, channel_data: channelData });
}

const pusher = new Pusher(key, {
  cluster: '',
  wsHost: '127.0.0.1',
  wsPort: Number(port),
  forceTLS: false,
  enabledTransports: ['ws'],
  disableStats: true,
  channelAuthorization: { customHandler: authorize },
});

pusher.connection.bind('connected', () => print('connected', pusher.connection.socket_id));
for (const name of channels) {
  const channel = pusher.subscribe(name);
  // Only a listener of this very event learns who sent it.
  channel.bind('client-typing', (data, { user_id }) => print(name, 'typing', JSON.stringify(data), user_id));
  channel.bind_global((event, data) => {
    if (event === 'pusher:subscription_succeeded') {
      print(name, 'subscribed', ...(data.count ? [data.count, channel.members.me.info.name] : []));
    } else if (event === 'pusher:member_added' || event === 'pusher:member_removed') {
      print(name, event, data.id, data.info.name);
    } else if (event !== 'client-typing') {
      print(name, event, JSON.stringify(data));
    }
  });
}

// A line on standard input is a client event: channel, event, data.
process.stdin.setEncoding('utf8').on('data', (chunk) => {
  for (const line of chunk.trim().split('\n')) {
    const [channel, event, data] = line.split(' ');
    pusher.channel(channel).trigger(event, JSON.parse(data));
  }
});
process.stdin.on('end', () => pusher.disconnect());
