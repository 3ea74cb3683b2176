import type { OrderUpdate } from '@threadly/real-time';
import { useState } from 'react';
import { moveOrder } from '../stack';
import { timeOfDay, timeWithSeconds } from '../time';
import './order.css';
import { stateOf, STEPS, WORDS } from './progress';
import { useOrder } from './useOrder';

export function OrderCard({ orderId }: { orderId: string }) {
  const { progress, isRefused } = useOrder(orderId);
  const [failure, setFailure] = useState<Error | null>(null);
  const { latest, reachedAt } = progress;
  const problem = isRefused ? 'This order is not open to you.' : failure && `The order stays: ${failure.message}`;

  return (
    <section className="card order" aria-labelledby="order-title">
      <header>
        <h2 id="order-title">Order</h2>
        <span className="soft order-id">{orderId}</span>
      </header>
      <ol className="steps">
        {STEPS.map((step) => {
          const state = stateOf(step, latest);
          const at = reachedAt[step];
          return (
            <li key={step} className="step" data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              {WORDS[step]}
              {at && <time dateTime={at.toISOString()}>{timeOfDay(at)}</time>}
            </li>
          );
        })}
      </ol>
      <p className="order-note" role="status" data-problem={problem !== null}>
        {problem ?? note(latest)}
      </p>
      <button className="quiet" type="button" onClick={() => moveOrder().then(() => setFailure(null), setFailure)}>
        Move to the next status
      </button>
    </section>
  );
}

function note(latest: OrderUpdate | null): string {
  return latest ? `${WORDS[latest.status]} at ${timeWithSeconds(latest.updatedAt)}` : 'Waiting for the first update';
}
