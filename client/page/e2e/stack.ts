// The real stack as a process of its own, with a folder for its data and ports that it has again after a restart.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../../threadly', import.meta.url));
const PARTS = ['KAFKA', 'SCHEMA_REGISTRY', 'DATABASE', 'PUSHER', 'GATEWAY', 'PRESENCE', 'PAGE'] as const;
const ANNOUNCED = 'Threadly is running';

export type Ports = Record<(typeof PARTS)[number], number>;

/** All of them held until the last is known, so that none is given twice. */
export async function freePorts(): Promise<Ports> {
  const servers = PARTS.map(() => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return Object.fromEntries(PARTS.map((part, index) => [part, ports[index]])) as Ports;
}

/** Starts it in silence: nothing happens but what a test does. */
export function launch(data: string, ports: Ports): ChildProcess {
  const options = PARTS.flatMap((part) => ['--port', `${part}=${ports[part]}`]);
  return spawn(ENTRY, ['demo', '--rate', '0', '--data', data, ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Returns once the page can be opened; fails if the stack ends before. */
export async function ready(stack: ChildProcess): Promise<void> {
  let said = '';
  for await (const chunk of stack.stdout ?? []) {
    said += String(chunk);
    if (said.includes(ANNOUNCED)) return;
  }
  throw new Error(`The stack did not start: ${said}`);
}
