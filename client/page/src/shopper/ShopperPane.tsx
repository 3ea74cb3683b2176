import { useState } from 'react';
import { Bell } from '../bell/Bell';
import type { Destination } from '../bell/destination';
import { ConnectionBanner } from '../connection/ConnectionBanner';
import { ConnectionState } from '../connection/ConnectionState';
import { Conversation, logOf } from '../conversation/Conversation';
import { AloneIcon } from '../icons';
import { ORDER } from '../order/OrderCard';
import type { Shopper } from '../stack';
import { harmless } from '../text/harmless';
import { Avatar } from './Avatar';
import './shopper.css';

export type Role = 'Buyer' | 'Seller';

interface Props {
  shopper: Shopper;
  other: Shopper;
  role: Role;
  conversationId: string;
  orderId: string;
  /** Whether this is the only person of the page. */
  alone: boolean;
}

/** What one person sees: who they are, their bell, and their side of the conversation. */
export function ShopperPane({ shopper, other, role, conversationId, orderId, alone }: Props) {
  const [isReading, setReading] = useState(false);
  const [isInboxOpen, setInboxOpen] = useState(false);
  const { userId } = shopper;
  const name = harmless(shopper.name);

  function goTo(destination: Destination) {
    const place = document.getElementById(destination === 'order' ? ORDER : logOf(userId));
    place?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'smooth' });
    place?.focus({ preventScroll: true });
  }

  return (
    <section className="card shopper" aria-label={`${name}, ${role}`}>
      <header className="shopper-head">
        <Avatar name={name} role={role} />
        <div className="who">
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <p className="soft">
            {role} <ConnectionState userId={userId} conversationId={conversationId} />
          </p>
        </div>
        {!alone && (
          <a
            className="icon-button"
            href={`/?as=${encodeURIComponent(userId)}`}
            target="_blank"
            rel="noreferrer"
            aria-label={`Open ${name} in a tab of their own`}
          >
            <AloneIcon />
          </a>
        )}
        <Bell
          userId={userId}
          name={shopper.name}
          shown={{ conversationId, orderId }}
          reading={isReading ? conversationId : null}
          open={isInboxOpen}
          setOpen={setInboxOpen}
          goTo={goTo}
        />
      </header>
      <ConnectionBanner />
      <Conversation
        conversationId={conversationId}
        me={shopper}
        other={other}
        onReading={setReading}
      />
    </section>
  );
}
