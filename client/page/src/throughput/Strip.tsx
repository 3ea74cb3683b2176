import { latencies } from './latencies';
import { Sparkline } from './Sparkline';
import './strip.css';
import { useThroughput } from './useThroughput';

const WINDOW = 'From event to browser, over the last 500 events';

/** How fast it is right now. */
export function Strip() {
  const readings = useThroughput(latencies);
  const now = readings.at(-1);
  return (
    <div className="strip">
      <Sparkline values={readings.map(({ pushesOut }) => pushesOut)} />
      <dl className="figures" aria-label="Throughput">
        <Figure label="Events in" value={now?.eventsIn} unit="/s" />
        <Figure label="Pushes out" value={now?.pushesOut} unit="/s" />
        <Figure label="p50" title={WINDOW} value={now?.p50} unit="ms" />
        <Figure label="p99" title={WINDOW} value={now?.p99} unit="ms" />
      </dl>
    </div>
  );
}

interface FigureProps {
  label: string;
  title?: string;
  value: number | null | undefined;
  unit: string;
}

function Figure({ label, title, value, unit }: FigureProps) {
  return (
    <div title={title}>
      <dt>{label}</dt>
      <dd>
        {value == null ? '–' : Math.round(value).toLocaleString()}
        <small>{unit}</small>
      </dd>
    </div>
  );
}
