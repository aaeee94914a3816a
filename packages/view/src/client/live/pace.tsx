/** How long trades take, and how many there are. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveStretch } from '../../parts/live-data.ts';
import { Choice, Part } from './part.tsx';
import { createPaceChart, PANES, type PaceChart } from './pace-chart.ts';
import type { LiveState } from './state.ts';
import { millisText, valueText } from './texts.ts';

const SPANS = ['15 min', '4 h'] as const;

export function Pace({ state }: { readonly state: LiveState }) {
  const [span, setSpan] = useState<(typeof SPANS)[number]>('15 min');
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<PaceChart | undefined>(undefined);
  const shown = useRef<unknown>(undefined);
  const stretches = span === '15 min' ? state.seconds : state.quarters;
  useEffect(() => {
    if (place.current === null) return undefined;
    chart.current = createPaceChart(place.current);
    return () => chart.current?.remove();
  }, []);
  useEffect(() => {
    const of = `${state.facts.session} ${span}`;
    chart.current?.show(stretches, shown.current !== of);
    shown.current = of;
  }, [stretches, span, state.facts]);
  return (
    <Part id="pace" title="Latency and rate" beside={<Choice label="Stretch" of={SPANS} now={span} choose={setSpan} />}>
      <div class="panes">
        <div
          ref={place}
          class="chart"
          role="img"
          aria-label="Latency and rate over time; the newest figures are beside"
        />
        <dl>
          {PANES.map(({ title, unit, lines }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{figuresOf(stretches.at(-1), lines, unit)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Part>
  );
}

/** p50 first. */
function figuresOf(newest: LiveStretch | undefined, lines: (typeof PANES)[number]['lines'], unit: string): string {
  const values = lines.toReversed().map(({ at }) => newest?.[at] ?? null);
  const text = (value: number | null): string => (unit === 'ms' ? millisText(value) : valueText(value ?? 0));
  return values.length === 1
    ? text(values[0] ?? null)
    : `p50 ${text(values[0] ?? null)}, p99 ${text(values[1] ?? null)}`;
}
