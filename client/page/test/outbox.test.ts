import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DraftStore, type KeptDraft } from '../src/conversation/draftStore';
import { Outbox } from '../src/conversation/outbox';
import { RealTimeError } from '@threadly/real-time';

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', Object.assign(new EventTarget(), { localStorage: new FakeStorage() }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Own enumerable keys are the entries, as in a browser. */
class FakeStorage {
  getItem(key: string): string | null {
    return (this as unknown as Record<string, string>)[key] ?? null;
  }
  setItem(key: string, value: string): void {
    Object.assign(this, { [key]: value });
  }
  removeItem(key: string): void {
    delete (this as unknown as Record<string, string>)[key];
  }
}

/** A stack whose answers are given by hand. */
class FakeStack {
  readonly asked: string[] = [];
  readonly ids: string[] = [];
  #answers: ((failure?: RealTimeError) => void)[] = [];

  send = ({ id, text }: KeptDraft) =>
    new Promise<void>((resolve, reject) => {
      this.asked.push(text);
      this.ids.push(id);
      this.#answers.push((failure) => (failure ? reject(failure) : resolve()));
    });

  async answer(failure?: RealTimeError): Promise<void> {
    this.#answers.shift()?.(failure);
    await vi.advanceTimersByTimeAsync(0);
  }
}

const store = () => new DraftStore('ana', 'c-1');
const texts = (outbox: Outbox) => outbox.drafts.map(({ text, state }) => `${text} ${state}`);

function opened(stack: FakeStack, drafts = store()): Outbox {
  const outbox = new Outbox(stack.send, drafts);
  outbox.open();
  return outbox;
}

test('the second waits for the first, however slow that is', async () => {
  const stack = new FakeStack();
  const outbox = opened(stack);
  outbox.write('one');
  outbox.write('two');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stack.asked).toEqual(['one']);
  await stack.answer();
  expect(stack.asked).toEqual(['one', 'two']);
  await stack.answer();
  expect(outbox.drafts).toEqual([]);
});

test('what may pass is sent again, before what was written after it, under the same id', async () => {
  const stack = new FakeStack();
  const outbox = opened(stack);
  outbox.write('one');
  outbox.write('two');
  await stack.answer(new RealTimeError('nothing answers'));
  expect(texts(outbox)).toEqual(['one waiting', 'two waiting']);
  await vi.advanceTimersByTimeAsync(1_000);
  await stack.answer();
  await stack.answer();
  expect(stack.asked).toEqual(['one', 'one', 'two']);
  expect(stack.ids[0]).toBe(stack.ids[1]);
});

test('a connection that is back sends at once', async () => {
  const stack = new FakeStack();
  const outbox = opened(stack);
  outbox.write('one');
  await stack.answer(new RealTimeError('nothing answers'));
  outbox.nudge();
  await stack.answer();
  expect(outbox.drafts).toEqual([]);
});

test('a connection that comes back during a request is not forgotten', async () => {
  const stack = new FakeStack();
  const outbox = opened(stack);
  outbox.write('one');
  outbox.nudge();
  await stack.answer(new RealTimeError('nothing answers'));
  expect(stack.asked).toEqual(['one', 'one']);
});

test('what is refused for good holds nothing else up, and goes out when asked for', async () => {
  const stack = new FakeStack();
  const outbox = opened(stack);
  outbox.write('one');
  outbox.write('two');
  await stack.answer(new RealTimeError('not this one', 400));
  expect(texts(outbox)).toEqual(['one refused', 'two sending']);
  await stack.answer();
  outbox.resend(outbox.drafts[0]?.id ?? '');
  await stack.answer();
  expect(stack.asked).toEqual(['one', 'two', 'one']);
  expect(outbox.drafts).toEqual([]);
});

test('a reload keeps what is unsent, its order and its ids', async () => {
  const before = new FakeStack();
  const first = new Outbox(before.send, store());
  const close = first.open();
  first.write('one');
  first.write('two');
  close();

  const after = new FakeStack();
  const outbox = opened(after);
  expect(texts(outbox)).toEqual(['one sending', 'two waiting']);
  await after.answer();
  await after.answer();
  expect(after.asked).toEqual(['one', 'two']);
  expect(after.ids[0]).toBe(before.ids[0]);
  expect(store().load()).toEqual([]);
});

test('a clock that goes back changes no order', () => {
  vi.setSystemTime(2_000);
  const drafts = store();
  drafts.add('one');
  vi.setSystemTime(1_000);
  drafts.add('two');
  const reloaded = store();
  expect(reloaded.load().map(({ text }) => text)).toEqual(['one', 'two']);
  reloaded.add('three');
  expect(store().load().map(({ text }) => text)).toEqual(['one', 'two', 'three']);
});

test('drafts of others, and what is no draft, are left alone', () => {
  new DraftStore('ben', 'c-1').add('not mine');
  window.localStorage.setItem('threadly-draft:ana:c-1:broken', '{');
  expect(store().load()).toEqual([]);
  expect(new DraftStore('ben', 'c-1').load()).toHaveLength(1);
});

test('what another tab has sent is gone here, too', async () => {
  const stack = new FakeStack();
  const outbox = opened(stack);
  outbox.write('one');
  outbox.write('two');
  const second = outbox.drafts[1]?.id;
  const removal = Object.assign(new Event('storage'), { key: `threadly-draft:ana:c-1:${second}`, newValue: null });
  window.dispatchEvent(removal);
  await stack.answer();
  expect(stack.asked).toEqual(['one']);
});

test('without any storage it works until the page is left', async () => {
  vi.stubGlobal('window', new EventTarget());
  Object.defineProperty(window, 'localStorage', {
    get() {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  const stack = new FakeStack();
  const outbox = opened(stack);
  outbox.write('one');
  expect(store().load().map(({ text }) => text)).toEqual(['one']);
  await stack.answer();
  expect(outbox.drafts).toEqual([]);
  expect(store().load()).toEqual([]);
});
