import { latencies } from './latencies';
import { Sparkline } from './Sparkline';
import './strip.css';
import { type Figures, useThroughput } from './useThroughput';

const WINDOW = 'From event to browser, over the last 500 events';

const WORDS: Record<Exclude<Figures['view'], 'ready'>, string> = {
  loading: 'Measuring…',
  empty: 'Measuring…',
  failed: 'The stack does not answer',
  offline: 'Offline',
};

/** How fast it is right now. */
export function Strip() {
  const { readings, view } = useThroughput(latencies);
  const now = view === 'ready' ? readings.at(-1) : undefined;
  return (
    <section className="strip" aria-label="Throughput" data-view={view}>
      {view === 'ready' ? (
        <Sparkline values={readings.map(({ pushesOut }) => pushesOut)} />
      ) : (
        <p className="strip-note soft">{WORDS[view]}</p>
      )}
      <dl className="figures">
        <Figure label="Events in" value={now?.eventsIn} unit="/s" />
        <Figure label="Pushes out" value={now?.pushesOut} unit="/s" />
        <Figure label="p50" title={WINDOW} value={now?.p50} unit="ms" />
        <Figure label="p99" title={WINDOW} value={now?.p99} unit="ms" />
      </dl>
    </section>
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
