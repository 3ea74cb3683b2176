// Writes the types of what the Java side defines: the pushed events by their JSON Schema, the gateway's answers by its
// OpenAPI document. With --check it writes nothing, and fails when the types are not what those say now.

import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const ROOT = new URL('../../', import.meta.url);
const OUT = new URL('../src/generated/', import.meta.url);

const CONTRACTS = [
  {
    types: 'events.ts',
    source: 'schemas/src/main/resources/com/threadly/events/pushed-events.schema.json',
    schema: (document) => document,
  },
  {
    types: 'api.ts',
    source: 'gateway/src/main/resources/com/threadly/gateway/openapi.json',
    schema: ({ components }) => ({
      title: 'Api',
      description: 'What is sent to the gateway, and what it answers.',
      type: 'object',
      additionalProperties: false,
      required: Object.keys(components.schemas),
      properties: Object.fromEntries(
        Object.keys(components.schemas).map((name) => [name, { $ref: `#/components/schemas/${name}` }]),
      ),
      components,
    }),
  },
];

/** The text of a contract's types, as they follow from its source now. */
export async function typesOf({ source, schema }) {
  const document = JSON.parse(await readFile(new URL(source, ROOT), 'utf8'));
  return compile(schema(document), '', {
    bannerComment: `// Generated from ${source} by \`npm run contracts\`. Change that, not this.`,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120 },
  });
}

const check = process.argv.includes('--check');
for (const contract of CONTRACTS) {
  const file = new URL(contract.types, OUT);
  const types = await typesOf(contract);
  if (!check) {
    await writeFile(file, types);
  } else if ((await readFile(file, 'utf8')) !== types) {
    console.error(`src/generated/${contract.types} is not what ${contract.source} says: run npm run contracts`);
    process.exitCode = 1;
  }
}
