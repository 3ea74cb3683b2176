import { version } from 'react';
import { version as domVersion } from 'react-dom';
import { expect, inject, test } from 'vitest';

test('the tests run against the React that they say', () => {
  expect(`react-${version.split('.')[0]}`).toBe(inject('react'));
  expect(domVersion).toBe(version);
});
