import { expect, test } from 'vitest';
import { channelNames } from '../src';

test.each([
  ['linen dress', 'presence-search-linen=20dress'],
  ['Größe', 'presence-search-Gr=C3=B6=C3=9Fe'],
  ['a=b', 'presence-search-a=3Db'],
  ['_-.,;@', 'presence-search-_-.,;@'],
  ['half \ud83d', 'presence-search-half=20=3F'],
  ['\n👗', 'presence-search-=0A=F0=9F=91=97'],
])('a search for %j has the name that the Java side gives it', (query, name) => {
  expect(channelNames.search(query)).toBe(name);
});
