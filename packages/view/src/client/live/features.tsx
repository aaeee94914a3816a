/** The values of the newest row: what they are, how old, and how far from what the model was trained on. */
import { useState } from 'preact/hooks';
import { count } from '../../parts/numbers.ts';
import { Part } from './part.tsx';
import { Sparkline } from './sparkline.tsx';
import type { LiveState } from './state.ts';
import { lengthText, valueText } from './texts.ts';

export interface Feature {
  readonly name: string;
  readonly meaning: string;
  readonly value: number | null;
  /** Standard deviations from training; null where nothing is known. */
  readonly distance: number | null;
  /** Whether the model looks at it. */
  readonly isUsed: boolean;
  /** Microseconds since the bar that it is of; null where there is none. */
  readonly age: number | null;
}

const SORTS = ['feature', 'value', 'age', 'distance'] as const;
type Sort = (typeof SORTS)[number];

/** Features that are listed before somebody asks for all. */
const LISTED = 60;
/** Standard deviations beyond which a value is far from training. */
const FAR = 4;

function featuresOf({ facts, now, row }: LiveState): readonly Feature[] {
  const { columns, meanings, clocks, model } = facts;
  const times = new Map(clocks.map((clock, i) => [clock, now.barTimes[i] ?? null]));
  return columns.map((name, i) => {
    const meaning = meanings[i] ?? '';
    const time = times.get(meaning.slice(0, Math.max(0, meaning.indexOf(': ')))) ?? null;
    return {
      name,
      meaning,
      value: row?.values[i] ?? null,
      distance: row?.distances?.[i] ?? null,
      isUsed: model?.used[i] ?? false,
      age: time === null ? null : now.now - time,
    };
  });
}

/** What is missing first, then as the sort says; names in the order of the row. */
function sorted(features: readonly Feature[], sort: Sort): readonly Feature[] {
  if (sort === 'feature') return features;
  const keys = {
    value: ({ value }: Feature): number => (value === null ? Infinity : Math.abs(value)),
    age: ({ age }: Feature): number => age ?? Infinity,
    distance: ({ distance, value }: Feature): number =>
      value === null ? Infinity : distance === null ? -1 : Math.abs(distance),
  };
  const key = keys[sort];
  return features.toSorted((a, b) => (key(a) === key(b) ? 0 : key(b) - key(a)));
}

export function Features({
  state,
  ask,
}: {
  readonly state: LiveState;
  readonly ask: (path: string) => Promise<unknown>;
}) {
  const { facts, row } = state;
  const hasModel = facts.model !== null;
  const [sort, setSort] = useState<Sort>(hasModel ? 'distance' : 'feature');
  const [wanted, setWanted] = useState('');
  const [isWhole, setWhole] = useState(false);
  const [open, setOpen] = useState<string | undefined>(undefined);
  const all = featuresOf(state);
  const found = sorted(
    all.filter(({ name, meaning }) => `${name} ${meaning}`.toLowerCase().includes(wanted.toLowerCase())),
    sort,
  );
  const listed = isWhole ? found : found.slice(0, LISTED);
  const missing = row === null ? 0 : row.values.filter((value) => value === null).length;
  const far = row?.distances?.filter((z) => Math.abs(z ?? 0) > FAR).length ?? 0;
  const sorts = SORTS.filter((name) => hasModel || name !== 'distance');
  return (
    <Part
      id="features"
      title="Features"
      beside={
        <>
          <span class="soft small">
            {count(all.length)} columns, {count(missing)} NaN{hasModel && `, ${count(far)} far from training`}
          </span>
          <input
            type="search"
            placeholder="find"
            aria-label="Find features"
            value={wanted}
            onInput={({ currentTarget }) => setWanted(currentTarget.value)}
          />
        </>
      }
    >
      <div class="scroll tall">
        <table class="features">
          <thead>
            <tr>
              {sorts.map((name) => (
                <th
                  key={name}
                  scope="col"
                  aria-sort={name !== sort ? 'none' : name === 'feature' ? 'ascending' : 'descending'}
                >
                  <button type="button" onClick={() => setSort(name)}>
                    {name}
                    <span aria-hidden="true">{name === sort ? ' ▾' : ''}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.map((feature) => (
              <Row
                key={feature.name}
                feature={feature}
                hasModel={hasModel}
                isOpen={open === feature.name}
                toggle={() => setOpen(open === feature.name ? undefined : feature.name)}
                ask={ask}
              />
            ))}
            {found.length === 0 && (
              <tr>
                <td colSpan={sorts.length} class="soft">
                  no feature of this name
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {listed.length < found.length && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {count(found.length)}
        </button>
      )}
    </Part>
  );
}

interface RowProps {
  readonly feature: Feature;
  readonly hasModel: boolean;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly ask: (path: string) => Promise<unknown>;
}

function Row({ feature, hasModel, isOpen, toggle, ask }: RowProps) {
  const { name, meaning, value, distance, isUsed, age } = feature;
  const isFar = Math.abs(distance ?? 0) > FAR;
  return (
    <>
      <tr>
        <th scope="row">
          <button type="button" aria-expanded={isOpen} onClick={toggle} title={meaning}>
            {name}
          </button>
        </th>
        <td class={value === null ? 'missing' : ''}>{valueText(value)}</td>
        <td>{age === null ? '–' : lengthText(age)}</td>
        {hasModel && (
          <td class={isFar ? 'missing' : ''}>
            {distance === null ? (isUsed ? '–' : 'not used') : `${distance.toFixed(1)} σ${isFar ? ' far' : ''}`}
          </td>
        )}
      </tr>
      {isOpen && (
        <tr class="opened">
          <td colSpan={hasModel ? 4 : 3}>
            <code>{meaning}</code>
            <Sparkline name={name} ask={ask} />
          </td>
        </tr>
      )}
    </>
  );
}
