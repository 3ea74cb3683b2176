import { expect, test } from 'vitest';
import { harmless } from '../src/text/harmless';
import { linked } from '../src/text/links';

const shape = (text: string) => linked(text).map((piece) => (typeof piece === 'string' ? piece : `[${piece.text}](${piece.href})`)).join('');

test.each([
  ['no link', 'no link'],
  ['', ''],
  ['see https://threadly.example/coat?a=1#b now', 'see [https://threadly.example/coat?a=1#b](https://threadly.example/coat?a=1#b) now'],
  ['https://threadly.example.', '[https://threadly.example](https://threadly.example/).'],
  ['(https://threadly.example/a)', '([https://threadly.example/a](https://threadly.example/a))'],
  ['https://a.example/x_(y)', '[https://a.example/x_(y)](https://a.example/x_(y))'],
  ['www.threadly.example, http://b.example!', '[www.threadly.example](https://www.threadly.example/), [http://b.example](http://b.example/)!'],
  ['http://localhost:8080/', '[http://localhost:8080/](http://localhost:8080/)'],
  ['javascript:alert(1) data:text/html,x file:///etc ftp://a.example', 'javascript:alert(1) data:text/html,x file:///etc ftp://a.example'],
  ['https:// http://x https://', 'https:// http://x https://'],
  ['https://bank.example@evil.example/', 'https://bank.example@evil.example/'],
  ['<https://a.example/"onclick=x>', '<[https://a.example/](https://a.example/)"onclick=x>'],
])('%s', (text, expected) => {
  expect(shape(text)).toBe(expected);
});

test('a host that only looks like another shows as what it is', () => {
  expect(linked('https://pаypal.example')).toEqual([{ href: 'https://xn--pypal-4ve.example/', text: 'https://pаypal.example' }]);
});

test('overrides of direction are dropped, in links as well', () => {
  expect(harmless('photo\u202egpj.exe\u202c\u202d')).toBe('photogpj.exe\u202c');
  expect(shape('\u202ehttps://a.example/b')).toBe('[https://a.example/b](https://a.example/b)');
});

test('what is written from the right keeps its marks', () => {
  expect(harmless('\u2067שלום\u2069')).toBe('\u2067שלום\u2069');
});
