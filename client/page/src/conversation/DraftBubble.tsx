import { Bubble } from './Bubble';
import type { Draft } from './useOutbox';

export function DraftBubble({ draft, retry }: { draft: Draft; retry: () => void }) {
  const failed = draft.problem !== null;
  return (
    <li className="group" data-mine="true" data-failed={failed}>
      <Bubble text={draft.text} />
      <small>
        {failed ? `Not sent: ${draft.problem} ` : 'Sending…'}
        {failed && (
          <button type="button" onClick={retry}>
            Try again
          </button>
        )}
      </small>
    </li>
  );
}
