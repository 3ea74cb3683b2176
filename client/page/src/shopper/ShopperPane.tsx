import { Bell } from '../bell/Bell';
import { ConnectionBanner } from '../connection/ConnectionBanner';
import { ConnectionState } from '../connection/ConnectionState';
import { Conversation } from '../conversation/Conversation';
import { AloneIcon } from '../icons';
import type { Shopper } from '../stack';
import { Avatar } from './Avatar';
import './shopper.css';

export type Role = 'Buyer' | 'Seller';

interface Props {
  shopper: Shopper;
  other: Shopper;
  role: Role;
  conversationId: string;
  /** Whether this is the only person of the page. */
  alone: boolean;
}

/** What one person sees: who they are, their bell, and their side of the conversation. */
export function ShopperPane({ shopper, other, role, conversationId, alone }: Props) {
  return (
    <section className="card shopper" aria-label={`${shopper.name}, ${role}`}>
      <header className="shopper-head">
        <Avatar name={shopper.name} role={role} />
        <div className="who">
          <h2>{shopper.name}</h2>
          <p className="soft">
            {role} <ConnectionState />
          </p>
        </div>
        {!alone && (
          <a
            className="icon-button"
            href={`/?as=${encodeURIComponent(shopper.userId)}`}
            target="_blank"
            rel="noreferrer"
            aria-label={`Open ${shopper.name} in a tab of their own`}
          >
            <AloneIcon />
          </a>
        )}
        <Bell name={shopper.name} />
      </header>
      <ConnectionBanner />
      <Conversation conversationId={conversationId} me={shopper} other={other} />
    </section>
  );
}
