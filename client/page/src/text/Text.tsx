import { linked } from './links';

/** What somebody wrote, with its links. The element around it decides by `dir="auto"` from which side it is read. */
export const Text = ({ children }: { children: string }) =>
  linked(children).map((piece, index) =>
    typeof piece === 'string' ? (
      piece
    ) : (
      // Pieces never move: the text decides their order.
      <a key={index} href={piece.href} title={piece.href} target="_blank" rel="noopener noreferrer nofollow ugc">
        {piece.text}
      </a>
    ),
  );
