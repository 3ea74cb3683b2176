const WIDTH = 120;
const HEIGHT = 34;
const POINTS = 40;

/** The last forty seconds as one thread; the figures beside it say the same in numbers. */
export function Sparkline({ values }: { values: (number | null)[] }) {
  const highest = Math.max(1, ...values.map((value) => value ?? 0));
  const points = values.map((value, index) => {
    const x = WIDTH - ((values.length - 1 - index) * WIDTH) / (POINTS - 1);
    const y = HEIGHT - 3 - ((value ?? 0) / highest) * (HEIGHT - 6);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  });
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={`M0 ${HEIGHT - 1}H${WIDTH}`} />
      {points.length > 1 && <polyline points={points.join(' ')} />}
    </svg>
  );
}
