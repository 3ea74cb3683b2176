// The app in client/next, with the package as it would be published, built for a running stack.

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const CLIENT = fileURLToPath(new URL('../..', import.meta.url));
const SOURCES = join(CLIENT, 'next');
const BETWEEN_LOOKS_MS = 200;

export interface NextApp {
  readonly address: string;
  stop(): Promise<void>;
}

/** Builds it once, as for production, and returns when it answers. */
export async function startNextApp(stack: string): Promise<NextApp> {
  const folder = await mkdtemp(join(tmpdir(), 'threadly-next-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const env = await environment(stack);
    await build(folder, env);
    return await serve(folder, env, remove);
  } catch (failure) {
    await remove();
    throw failure;
  }
}

async function environment(stack: string): Promise<NodeJS.ProcessEnv> {
  const config = (await (await fetch(new URL('config.json', stack))).json()) as Record<string, string | number>;
  return {
    ...process.env,
    STACK: stack,
    GATEWAY: String(config['gateway']),
    NEXT_PUBLIC_PUSHER_KEY: String(config['pusherKey']),
    NEXT_PUBLIC_PUSHER_HOST: String(config['wsHost']),
    NEXT_PUBLIC_PUSHER_PORT: String(config['wsPort']),
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
  };
}

async function build(folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  // Not in the sources' folder: nothing of the workspace must be found there by accident.
  await cp(SOURCES, folder, { recursive: true, filter: (path) => !/node_modules|\.next/.test(path.slice(SOURCES.length)) });
  await npm(CLIENT, env, 'pack', '--pack-destination', folder);
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  await npm(folder, env, 'install', '--no-save', '--prefer-offline', '--ignore-scripts', '--include=dev', `./${tarball}`);
  await npm(folder, env, 'run', 'build');
}

/** Fails with all that npm said. */
async function npm(cwd: string, env: NodeJS.ProcessEnv, ...args: string[]): Promise<void> {
  try {
    await promisify(execFile)('npm', args, { cwd, env, maxBuffer: 64 * 1024 * 1024 });
  } catch (failure) {
    const { message, stdout } = failure as Error & { stdout: string };
    throw new Error(`${message}\n${stdout}`);
  }
}

async function serve(folder: string, env: NodeJS.ProcessEnv, remove: () => Promise<void>): Promise<NextApp> {
  const port = await freePort();
  const next = join(folder, 'node_modules', 'next', 'dist', 'bin', 'next');
  const server = spawn(process.execPath, [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)], {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(server, 'exit');
  // At once: it has nothing to keep, and would wait for the browser's connections.
  const kill = () => server.kill('SIGKILL');
  process.once('exit', kill);
  const address = `http://127.0.0.1:${port}/`;
  while (!(await answers(address))) {
    if (server.exitCode !== null) throw new Error(`the app ended with exit code ${server.exitCode}`);
    await pause(BETWEEN_LOOKS_MS);
  }
  return {
    address,
    async stop() {
      process.off('exit', kill);
      kill();
      await exit;
      await remove();
    },
  };
}

const answers = (address: string) =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await once(server.close(), 'close');
  return port;
}
