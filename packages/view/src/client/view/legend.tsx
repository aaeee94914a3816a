/** What was at the crosshair, in figures, and what colours and shades mean. */
import { formatTime } from 'minotaur-core/internal/base/time';
import { Key, type Swatch } from '../../parts/key.tsx';
import { count, percent } from '../../parts/numbers.ts';
import { LABEL_COUNTS, lineColumn, SPLIT_COLUMN, type ViewScene } from '../../parts/view-data.ts';
import { lineColour } from './colours.ts';
import { MARK_COLOURS, MARK_SHAPES } from './marks.ts';
import { SPLIT_COLOURS, SPLIT_NAMES } from './shading.ts';
import type { Seen, Settings } from './stage.ts';

export interface LegendProps {
  readonly scene: ViewScene;
  readonly settings: Settings;
  readonly seen: Seen;
  /** Takes the pane of a feature away. */
  readonly remove: (index: number) => void;
}

/** Seven digits of a feature, all that mean something of a price; every bit stands where the pointer rests. */
function shown(value: number, digits = 7): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : '–';
}

export function Legend({ scene, settings, seen, remove }: LegendProps) {
  const { window, bucket } = seen;
  const at = (name: string): number => window.columns[name]?.[bucket] ?? NaN;
  const { features, predictions } = scene;
  return (
    <div class="legend" aria-live="polite">
      <p id="at">
        <b>{timeOf(seen)}</b>{' '}
        {(['open', 'high', 'low', 'close', 'volume'] as const).map((name) => (
          <span key={name}>
            <i>{name}</i>{' '}
            <span data-value={name} title={String(at(name))}>
              {shown(at(name), 12)}
            </span>
          </span>
        ))}
        <span class="soft state">{stateOf(at, window.size)}</span>
      </p>
      <ul>
        {settings.predictions && predictions !== undefined && (
          <li>
            <Dot colour="green" /> prediction <Value at={at} of="prediction" size={window.size} />
          </li>
        )}
        {settings.features.map((index, i) => (
          <li key={index}>
            <Dot colour={lineColour(i)} /> {features[index]} <Value at={at} of={index} size={window.size} />
            <button type="button" aria-label={`remove ${features[index] ?? ''}`} onClick={() => remove(index)}>
              ×
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** To the microsecond; of a bucket of several bars from when to when. */
function timeOf({ window: { columns, size, from, to }, bucket }: Seen): string {
  const text = (name: string): string =>
    formatTime(columns[name]?.[bucket] ?? NaN)
      .replace('T', ' ')
      .replace(/\.?0*Z$/, 'Z');
  if (size === 1) return text('time');
  const bars = Math.min(size, to - from - bucket * size);
  return `${count(bars)} bars, ${text('open_time')} to ${text('time')}`;
}

/** Readiness, holes, split and labels, as far as there is something to say. */
function stateOf(at: (name: string) => number, size: number): string {
  const words: string[] = [];
  const share = (name: string, less: string, none: string): void => {
    const value = at(name);
    if (value < 1) words.push(size === 1 || value === 0 ? none : `${percent(1 - value)} ${less}`);
  };
  share('ready', 'not ready', 'not ready');
  share('complete', 'with trades missing', 'trades are missing');
  const split = SPLIT_NAMES[at(SPLIT_COLUMN)];
  if (split !== undefined && split !== 'none') words.push(split);
  for (const name of LABEL_COUNTS)
    if (at(name) > 0) words.push(size === 1 ? `label ${name}` : `${count(at(name))} ${name}`);
  return words.join(', ');
}

const Dot = ({ colour }: { readonly colour: string }) => <i class="dot" style={`background:var(--${colour})`} />;

interface ValueProps {
  readonly at: (name: string) => number;
  readonly of: number | 'prediction';
  readonly size: number;
}

function Value({ at, of, size }: ValueProps) {
  const [last, min, max] = (['last', 'min', 'max'] as const).map((part) => at(lineColumn(of, part))) as [
    number,
    number,
    number,
  ];
  return (
    <span data-value={of} title={String(last)}>
      {shown(last)}
      {size > 1 && Number.isFinite(min) && <span class="soft">{` (${shown(min)} to ${shown(max)})`}</span>}
    </span>
  );
}

/** Of what is there alone. */
export function Shades({ scene, settings }: Pick<LegendProps, 'scene' | 'settings'>) {
  const of: Swatch[] = [{ name: 'not ready: features still remember the start', class: 'unready' }];
  if (scene.holes) of.push({ name: 'not complete: trades are missing in what features remember', class: 'holes' });
  if (scene.folds > 0)
    SPLIT_NAMES.forEach((name, k) => {
      const colour = SPLIT_COLOURS[k];
      if (colour !== undefined) of.push({ name, style: `background:var(--${colour})` });
    });
  return (
    <>
      <Key of={of} />
      {settings.labels && (
        <p class="key">
          {LABEL_COUNTS.map((name, k) => (
            <span key={name}>
              <b style={`color:var(--${MARK_COLOURS[k]})`}>{MARK_SHAPES[name]}</b> label: {WORDS[name]}
            </span>
          ))}
          <span>Labels stand at single bars: zoom in for them. A line goes to the price that decided, and when.</span>
        </p>
      )}
      <p class="soft small">
        Chart: TradingView Lightweight Charts™, Copyright © TradingView, Inc.{' '}
        <a href="https://www.tradingview.com/">www.tradingview.com</a>
      </p>
    </>
  );
}

const WORDS: Readonly<Record<(typeof LABEL_COUNTS)[number], string>> = {
  target: 'target first',
  stop: 'stop first',
  limit: 'time limit or horizon',
};
