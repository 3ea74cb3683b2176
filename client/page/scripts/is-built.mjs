// Fails when the page that the local stack serves is not what these sources give.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, resolveConfig } from 'vite';

async function contents(folder) {
  const names = await readdir(folder).catch(() => []);
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))])));
}

const configFile = new URL('../vite.config.ts', import.meta.url).pathname;
const { build: options } = await resolveConfig({ configFile }, 'build', 'production', 'production');
const folder = await mkdtemp(join(tmpdir(), 'threadly-page-'));
try {
  await build({ configFile, logLevel: 'warn', build: { outDir: folder } });
  const [built, kept] = await Promise.all([contents(folder), contents(options.outDir)]);
  const differing = [...new Set([...built.keys(), ...kept.keys()])].filter(
    (name) => !built.has(name) || !kept.get(name)?.equals(built.get(name)),
  );
  if (differing.length > 0) {
    console.error(`The served page is not what its sources give (${differing.join(', ')}): npm run build --workspace page`);
    process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true });
}
