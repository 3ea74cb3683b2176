// Writes what follows from the Java side's definitions: the types of the pushed events by their JSON Schema, and which of
// their fields are times; the types of the gateway's answers by its OpenAPI document. With --check it writes nothing, and
// fails when the files are not what those say now.

import { readFile, writeFile } from 'node:fs/promises';
import { compile } from 'json-schema-to-typescript';

const ROOT = new URL('../../', import.meta.url);
const OUT = new URL('../src/generated/', import.meta.url);

const EVENTS = 'schemas/src/main/resources/com/threadly/events/pushed-events.schema.json';
const API = 'gateway/src/main/resources/com/threadly/gateway/openapi.json';

const CONTRACTS = [
  { file: 'events.ts', source: EVENTS, text: (document, banner) => types(asReceived(document), banner) },
  { file: 'times.ts', source: EVENTS, text: times },
  { file: 'api.ts', source: API, text: (document, banner) => types(ofComponents(document), banner) },
];

function types(schema, banner) {
  return compile(schema, '', {
    bannerComment: banner,
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: 120 },
  });
}

/** Handlers receive times as dates, and may look for more metadata than this release sends. */
function asReceived(document) {
  const { Time, NotificationMetadata, ...others } = document.definitions;
  return {
    ...document,
    definitions: {
      ...others,
      Time: { description: 'Pushed as ISO-8601 in UTC.', tsType: 'Date' },
      NotificationMetadata: { ...NotificationMetadata, additionalProperties: { tsType: 'any' } },
    },
  };
}

function times(document, banner) {
  const isTime = (property) => JSON.stringify(property).includes('#/definitions/Time"');
  const fields = Object.entries(document.properties).flatMap(([event, { $ref }]) => {
    const { properties } = document.definitions[$ref.split('/').at(-1)];
    const names = Object.keys(properties).filter((name) => isTime(properties[name]));
    return names.length > 0 ? [`  [${quoted(event)}, [${names.map(quoted).join(', ')}]],\n`] : [];
  });
  return `${banner}

/** The fields of each event that are times. */
export const TIMES: ReadonlyMap<string, readonly string[]> = new Map([
${fields.join('')}]);
`;
}

function quoted(text) {
  return `'${text}'`;
}

function ofComponents({ components }) {
  const names = Object.keys(components.schemas);
  return {
    title: 'Api',
    description: 'What is sent to the gateway, and what it answers.',
    type: 'object',
    additionalProperties: false,
    required: names,
    properties: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }])),
    components,
  };
}

const check = process.argv.includes('--check');
for (const { file, source, text } of CONTRACTS) {
  const document = JSON.parse(await readFile(new URL(source, ROOT), 'utf8'));
  const wanted = await text(document, `// Generated from ${source} by \`npm run contracts\`. Change that, not this.`);
  const path = new URL(file, OUT);
  if (!check) {
    await writeFile(path, wanted);
  } else if ((await readFile(path, 'utf8')) !== wanted) {
    console.error(`src/generated/${file} is not what ${source} says: run npm run contracts`);
    process.exitCode = 1;
  }
}
