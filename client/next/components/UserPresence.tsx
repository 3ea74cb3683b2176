'use client';

import { usePresence } from '@threadly/real-time/client';

export function UserPresence({ productId }: { productId: string }) {
  const { members, count } = usePresence(`presence-product-${productId}`);
  return (
    <section aria-label="Viewers">
      <p>{count === 1 ? 'One viewer' : `${count} viewers`}</p>
      <ul>
        {Array.from(members.values())
          .slice(0, 3)
          .map((member, index) => (
            <li key={member.id} value={index} title={member.name.toUpperCase()}>
              {member.name}
            </li>
          ))}
      </ul>
    </section>
  );
}
