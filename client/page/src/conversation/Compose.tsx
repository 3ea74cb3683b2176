import { useTypingIndicator } from '@threadly/real-time';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { SendIcon } from '../icons';
import type { Shopper } from '../stack';

const MAX_CHARACTERS = 2000;

interface Props {
  conversationId: string;
  me: Shopper;
  disabled: boolean;
  write: (text: string) => void;
}

/** Enter sends, Shift+Enter makes a new line. */
export function Compose({ conversationId, me, disabled, write }: Props) {
  const { sendTyping } = useTypingIndicator(conversationId);
  const [text, setText] = useState('');

  function changed(value: string) {
    setText(value);
    sendTyping(value.trim() !== '');
  }

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const trimmed = text.trim();
    if (trimmed === '') return;
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
      <textarea
        rows={1}
        maxLength={MAX_CHARACTERS}
        enterKeyHint="send"
        autoComplete="off"
        aria-label={`Message from ${me.name}`}
        placeholder={`Write as ${me.name}`}
        disabled={disabled}
        value={text}
        onChange={(event) => changed(event.target.value)}
        onBlur={() => sendTyping(false)}
        onKeyDown={onKeyDown}
      />
      <button className="icon-button send" type="submit" aria-label="Send" disabled={disabled}>
        <SendIcon />
      </button>
    </form>
  );
}
