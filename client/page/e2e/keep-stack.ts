// Keeps one stack for all tests, and starts it again when it ends, as whatever keeps a server running would.

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { freePorts, launch, ready } from './stack';

declare module 'vitest' {
  interface ProvidedContext {
    page: string;
    stackPid: number;
  }
}

export default async function keepStack({ provide }: TestProject) {
  const data = await mkdtemp(join(tmpdir(), 'threadly-browser-'));
  const ports = await freePorts();
  let stopping = false;
  let stack = launch(data, ports);
  process.once('exit', () => stack.kill());

  function keep() {
    stack.once('exit', () => {
      if (stopping) return;
      stack = launch(data, ports);
      keep();
    });
  }

  await ready(stack);
  keep();
  provide('page', `http://127.0.0.1:${ports.PAGE}/`);
  provide('stackPid', stack.pid ?? 0);

  return async () => {
    stopping = true;
    if (stack.exitCode === null) {
      stack.kill();
      await once(stack, 'exit');
    }
    await rm(data, { recursive: true });
  };
}
