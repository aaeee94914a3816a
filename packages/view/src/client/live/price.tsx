/** The bars of one clock, with what the model says of them and what was amiss. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveBar } from '../../parts/live-data.ts';
import { secondOf } from '../../parts/time.ts';
import { Part } from './part.tsx';
import { createPriceChart, type PriceChart } from './price-chart.ts';
import type { LiveState } from './state.ts';
import { valueText } from './texts.ts';

/** Bars of the table. */
const LISTED = 20;

export function Price({ state, onClock }: { readonly state: LiveState; readonly onClock: (name: string) => void }) {
  const { facts, bars } = state;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<PriceChart | undefined>(undefined);
  const [under, setUnder] = useState<LiveBar | undefined>(undefined);
  const [follows, setFollows] = useState(true);
  useEffect(() => {
    if (place.current === null) return undefined;
    chart.current = createPriceChart({ place: place.current, onBar: setUnder, onMoved: () => setFollows(false) });
    return () => chart.current?.remove();
  }, []);
  useEffect(() => chart.current?.show(state), [state]);
  useEffect(() => chart.current?.follow(follows), [follows]);
  const controls = (
    <>
      <label>
        <span class="hidden">Clock</span>
        <select value={facts.clock} onChange={({ currentTarget }) => onClock(currentTarget.value)}>
          {facts.clocks.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <div class="together" role="group" aria-label="Zoom">
        <button type="button" aria-label="more bars" onClick={() => chart.current?.zoom(1 / 1.5)}>
          −
        </button>
        <button type="button" aria-label="fewer bars" onClick={() => chart.current?.zoom(1.5)}>
          +
        </button>
      </div>
      <button type="button" class="toggle" aria-pressed={follows} onClick={() => setFollows(!follows)}>
        Follow
      </button>
    </>
  );
  return (
    <Part id="price" title="Price" beside={controls}>
      <Legend bar={under ?? bars.at(-1)} state={state} />
      <div ref={place} class="chart" role="img" aria-label={`Bars of ${facts.clock}; a table of the newest is below`} />
      <p class="key">
        <span>
          <i class="down" /> disconnected
        </span>
        <span>
          <i class="repaired" /> repaired
        </span>
        <span>
          <i class="open" /> hole
        </span>
        <span>
          <i class="ended" /> not running
        </span>
      </p>
      <details>
        <summary>Newest bars as a table</summary>
        <BarTable bars={bars.slice(-LISTED).toReversed()} />
      </details>
    </Part>
  );
}

function Legend({ bar, state }: { readonly bar: LiveBar | undefined; readonly state: LiveState }) {
  if (bar === undefined) return <p class="soft small legend">no bar yet</p>;
  const [, time, open, high, low, close] = bar;
  const said = state.predictions.findLast((prediction) => prediction.time <= time);
  return (
    <p class="small legend" id="bar">
      <b>{secondOf(time)}</b> <i>open</i> {valueText(open)} <i>high</i> {valueText(high)} <i>low</i> {valueText(low)}{' '}
      <i>close</i> {valueText(close)}
      {said !== undefined && (
        <>
          {' '}
          <i>prediction</i> {said.refusal === '' ? valueText(said.calibrated ?? said.probability) : 'refused'}
        </>
      )}
    </p>
  );
}

function BarTable({ bars }: { readonly bars: readonly LiveBar[] }) {
  return (
    <div class="scroll tall">
      <table class="figures">
        <thead>
          <tr>
            {['known', 'open', 'high', 'low', 'close'].map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.map(([number, time, ...prices]) => (
            <tr key={number}>
              <td>{secondOf(time)}</td>
              {prices.map((price, i) => (
                <td key={i}>{valueText(price)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
