import { RealTimeProvider } from '@threadly/real-time';
import { type ReactNode, useState } from 'react';
import { realTimeOf } from './realTime';
import type { Shopper, StackConfig } from './stack';

interface Props {
  config: StackConfig;
  shopper: Shopper;
  children: ReactNode;
}

/** What is inside speaks and listens as `shopper`, over a connection of their own. */
export function Connected({ config, shopper, children }: Props) {
  const [realTime] = useState(() => realTimeOf(config, shopper));
  return <RealTimeProvider config={realTime}>{children}</RealTimeProvider>;
}
