import type { RealTimeError } from '@threadly/real-time';
import { type ReactNode, useState } from 'react';
import { Time } from '../common/Time';
import type { View } from '../common/view';
import { moveOrder } from '../stack';
import { harmless } from '../text/harmless';
import './order.css';
import { stateOf, STEPS, wordOf } from './progress';
import { useOrder, type OrderState } from './useOrder';

/** The id of the card, to lead to it. */
export const ORDER = 'order';

const WORDS: Record<Exclude<View, 'ready'>, string> = {
  loading: 'Looking up the order…',
  empty: 'There is no order yet.',
  failed: 'The order cannot be loaded just now.',
  offline: 'You are offline. The order shows once you are back.',
};

export function OrderCard({ orderId }: { orderId: string }) {
  const order = useOrder(orderId);
  const [failure, setFailure] = useState<RealTimeError | null>(null);
  const [isMoving, setMoving] = useState(false);
  const { latest, reachedAt } = order.progress;

  function move() {
    if (isMoving) return;
    setMoving(true);
    moveOrder()
      .then(() => setFailure(null), setFailure)
      .finally(() => setMoving(false));
  }

  return (
    <section className="card order" id={ORDER} aria-labelledby="order-title" aria-busy={order.view === 'loading'} tabIndex={-1}>
      <header>
        <h2 id="order-title">Order</h2>
        <span className="soft order-id">{harmless(orderId)}</span>
      </header>
      <ol className="steps" data-view={order.view}>
        {STEPS.map((step) => {
          const state = stateOf(step, latest);
          const at = reachedAt[step];
          return (
            <li key={step} className="step" data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
              <span>
                {wordOf(step)}
                {state === 'done' && <span className="visually-hidden">, done</span>}
              </span>
              {at && <Time at={at} />}
            </li>
          );
        })}
      </ol>
      <div className="order-end">
        <OrderNote order={order} failure={failure} />
        <button className="quiet" type="button" aria-disabled={isMoving} onClick={move}>
          Move to the next status
        </button>
      </div>
    </section>
  );
}

function OrderNote({ order, failure }: { order: OrderState; failure: RealTimeError | null }) {
  const { view, isRefused, isStale, reload } = order;
  const { latest } = order.progress;
  if (isRefused) return <Line problem="failed">This order is not open to you.</Line>;
  if (failure) return <Line problem="failed">The order stays: {failure.message}.</Line>;
  if (view === 'failed') {
    return (
      <Line problem="failed">
        {WORDS.failed}{' '}
        <button className="text-button" type="button" onClick={reload}>
          Try again
        </button>
      </Line>
    );
  }
  if (view !== 'ready') return <Line problem={view === 'offline' ? 'offline' : null}>{WORDS[view]}</Line>;
  return (
    <Line problem={null}>
      <span>
        {latest && wordOf(latest.status)} {latest && <Time at={latest.updatedAt} />}
        {isStale && ', not live just now'}
      </span>
    </Line>
  );
}

function Line({ problem, children }: { problem: 'failed' | 'offline' | null; children: ReactNode }) {
  return (
    <p className="order-note" role="status" data-problem={problem}>
      {children}
    </p>
  );
}
