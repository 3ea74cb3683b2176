import { useTypingIndicator } from '@threadly/real-time';
import { harmless } from '../text/harmless';

interface Props {
  conversationId: string;
  names: Record<string, string>;
}

/** Keeps its place when nobody types, so that the box under it does not move. */
export function TypingLine({ conversationId, names }: Props) {
  const { typingUsers } = useTypingIndicator(conversationId);
  const [typist] = typingUsers;
  return (
    <p className="typing soft" role="status" data-typing={typist !== undefined}>
      {typist !== undefined && (
        <>
          <span className="dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <span>
            <bdi>{harmless(names[typist] ?? 'Someone')}</bdi> is typing…
          </span>
        </>
      )}
    </p>
  );
}
