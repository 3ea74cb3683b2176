// Writes the README's examples to files of their own, where they are compiled and run as they stand.

import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';

const EXAMPLES = new URL('../test/readme/', import.meta.url);

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
await rm(EXAMPLES, { recursive: true, force: true });
await mkdir(EXAMPLES);
for (const [index, [, example]] of [...readme.matchAll(/```tsx\n(.*?)```/gs)].entries()) {
  await writeFile(new URL(`example-${String(index + 1).padStart(2, '0')}.tsx`, EXAMPLES), example);
}
