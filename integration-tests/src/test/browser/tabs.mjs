// Tabs of a real browser with the unmodified pusher-js. Prints one line per event that a tab receives; obeys
// lines on standard input.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';

const [modules, executablePath, settings] = process.argv.slice(2);
const require = createRequire(modules);
const { chromium } = require('playwright-core');
const pusherJs = readFileSync(require.resolve('pusher-js/dist/web/pusher.min.js'), 'utf8');
const config = JSON.parse(settings);

const browser = await chromium.launch({
  executablePath,
  headless: true,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const tabs = new Map();

// A real server instead of a page made in the browser, which might not reach servers on this machine.
const { hostname, port } = new URL(config.origin);
const server = createServer(({ url }, answer) => {
  const script = url === '/pusher.js';
  answer.setHeader('Content-Type', script ? 'text/javascript' : 'text/html');
  answer.end(script ? pusherJs : '<!doctype html><script src="/pusher.js"></script>');
}).listen(Number(port), hostname);

// In the page: connects as the token's user, signs in, and reports what it receives.
function connect({ key, wsHost, wsPort, gateway, token }) {
  const headers = { Authorization: `Bearer ${token}` };
  const pusher = new window.Pusher(key, {
    cluster: '',
    wsHost,
    wsPort,
    forceTLS: false,
    enabledTransports: ['ws'],
    enableStats: false,
    channelAuthorization: { endpoint: `${gateway}/pusher/auth`, transport: 'ajax', headers },
    userAuthentication: { endpoint: `${gateway}/pusher/user-auth`, transport: 'ajax', headers },
  });
  window.pusher = pusher;
  window.gateway = (method, path, body) =>
    fetch(gateway + path, {
      method,
      headers: { ...headers, ...(body && { 'Content-Type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
  pusher.bind('pusher:signin_success', ({ user_data }) => window.tell('signed in', JSON.parse(user_data).id));
  pusher.signin();
}

function subscribe(name) {
  window.pusher.subscribe(name).bind_global((event, data) => {
    if (event === 'pusher:subscription_succeeded') window.tell(name, 'subscribed');
    else if (event === 'pusher:subscription_error') window.tell(name, 'refused', data.status);
    else if (event === 'pusher:member_added') window.tell(name, 'joined', data.id, data.info.name);
    else window.tell(name, event, JSON.stringify(data));
  });
}

async function open(name, token) {
  const page = await (await browser.newContext()).newPage();
  await page.exposeFunction('tell', (...parts) => console.log([name, ...parts].join(' ')));
  await page.goto(`${config.origin}/`);
  await page.evaluate(connect, { ...config, token });
  tabs.set(name, page);
}

async function obey(line) {
  const [verb, tab, ...rest] = line.split(' ');
  if (verb === 'open') return open(tab, rest[0]);
  const page = tabs.get(tab);
  if (verb === 'subscribe') return page.evaluate(subscribe, rest[0]);
  const [method, path, body] = rest;
  const answer = await page.evaluate(
    async ([m, p, b]) => {
      const response = await window.gateway(m, p, b && JSON.parse(b));
      return `${response.status} ${await response.text()}`;
    },
    [method, path, body],
  );
  return console.log(`${tab} ${method} ${path} ${answer}`);
}

for await (const line of createInterface({ input: process.stdin })) {
  await obey(line).catch((failure) => console.log(`failed: ${line}: ${failure.message}`));
}
await browser.close();
server.close();
