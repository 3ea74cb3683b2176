import { Bubble } from './Bubble';
import type { Draft } from './outbox';

interface Props {
  draft: Draft;
  resend: () => void;
  discard: () => void;
}

export function DraftBubble({ draft, resend, discard }: Props) {
  const { state } = draft;
  return (
    <li className="group" data-mine="true" data-draft={state}>
      <Bubble text={draft.text} />
      <small>
        {wording(draft)}{' '}
        {state === 'refused' && (
          <button type="button" onClick={resend}>
            Try again
          </button>
        )}
        {state === 'waiting' && draft.problem && (
          <button type="button" onClick={resend}>
            Send now
          </button>
        )}{' '}
        {state !== 'sending' && (
          <button type="button" onClick={discard}>
            Discard
          </button>
        )}
      </small>
    </li>
  );
}

function wording({ state, problem }: Draft): string {
  if (state === 'refused') return `Not sent: ${problem?.message}.`;
  if (state === 'waiting' && problem) {
    return problem.status === undefined ? 'Not sent yet: waiting for a connection.' : 'Not sent yet: trying again soon.';
  }
  return 'Sending…';
}
