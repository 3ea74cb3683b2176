// Writes the README's examples, those in TypeScript as far as they are marked with "run", to files of their own, where they
// are compiled and run as they stand.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';

const EXAMPLES = new URL('../test/readme/', import.meta.url);

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
await rm(EXAMPLES, { recursive: true, force: true });
await mkdir(EXAMPLES);
for (const [index, [, kind, example]] of [...readme.matchAll(/```(tsx|ts(?= run))(?: run)?\n(.*?)```/gs)].entries()) {
  await writeFile(new URL(`example-${String(index + 1).padStart(2, '0')}.${kind}`, EXAMPLES), example);
}
