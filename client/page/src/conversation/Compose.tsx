import { useTypingIndicator } from '@threadly/real-time';
import { type FormEvent, type KeyboardEvent, useId, useState } from 'react';
import { forget, store, stored } from '../common/storage';
import { SendIcon } from '../icons';
import type { Shopper } from '../stack';
import { harmless } from '../text/harmless';

/** What the stack takes. */
const MAX_CHARACTERS = 2000;
/** From here on the box counts what is left. */
const NEAR = 200;

interface Props {
  conversationId: string;
  me: Shopper;
  disabled: boolean;
  write: (text: string) => void;
}

/** Enter sends, Shift+Enter makes a new line. What is half written outlives a reload; what is too long is never cut. */
export function Compose({ conversationId, me, disabled, write }: Props) {
  const { sendTyping } = useTypingIndicator(conversationId);
  const key = `threadly-half-written:${me.userId}:${conversationId}`;
  const [text, setText] = useState(() => stored(key) ?? '');
  const note = useId();
  const name = harmless(me.name);
  const trimmed = text.trim();
  const left = MAX_CHARACTERS - trimmed.length;
  const isTooLong = left < 0;

  function changed(value: string) {
    setText(value);
    if (value === '') forget(key);
    else store(key, value);
    sendTyping(value.trim() !== '');
  }

  function submit(event?: FormEvent) {
    event?.preventDefault();
    if (trimmed === '' || isTooLong || disabled) return;
    changed('');
    write(trimmed);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    submit();
  }

  return (
    <form className="compose" onSubmit={submit}>
      {left < NEAR && (
        <p className="room" id={note} role={isTooLong ? 'alert' : undefined} data-too-long={isTooLong}>
          {roomWording(left)}
        </p>
      )}
      <textarea
        rows={1}
        dir="auto"
        enterKeyHint="send"
        autoComplete="off"
        aria-label={`Message from ${name}`}
        aria-invalid={isTooLong}
        aria-describedby={left < NEAR ? note : undefined}
        placeholder={`Write as ${name}`}
        disabled={disabled}
        value={text}
        onChange={(event) => changed(event.target.value)}
        onBlur={() => sendTyping(false)}
        onKeyDown={onKeyDown}
      />
      <button
        className="icon-button send"
        type="submit"
        aria-label="Send"
        disabled={disabled}
        aria-disabled={isTooLong}
        // The box keeps the focus, and a phone its keyboard.
        onMouseDown={(event) => event.preventDefault()}
      >
        <SendIcon />
      </button>
    </form>
  );
}

function roomWording(left: number): string {
  if (left >= 0) return `${left} characters left`;
  const over = -left;
  return `Too long by ${over.toLocaleString()} ${over === 1 ? 'character' : 'characters'}: at most ${MAX_CHARACTERS.toLocaleString()} can be sent at once.`;
}
