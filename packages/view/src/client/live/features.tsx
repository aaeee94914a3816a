/** The values of the newest row: what they are, how old, and how far from what the model was trained on. */
import { useState } from 'preact/hooks';
import { count } from '../../parts/numbers.ts';
import { FAR, featuresOf, sorted, SORTS, type Feature, type Sort } from './feature-list.ts';
import { Part } from './part.tsx';
import { Sparkline } from './sparkline.tsx';
import type { LiveState } from './state.ts';
import { lengthText, valueText } from './texts.ts';

/** Features that are listed before somebody asks for all. */
const LISTED = 60;

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
  const all = featuresOf(state);
  const found = sorted(
    all.filter(({ name, meaning }) => `${name} ${meaning}`.toLowerCase().includes(wanted.toLowerCase())),
    sort,
  );
  const listed = isWhole ? found : found.slice(0, LISTED);
  const missing = row === null ? 0 : row.values.filter((value) => value === null).length;
  const far = row?.distances?.filter((z) => Math.abs(z ?? 0) > FAR).length ?? 0;
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
      <FeatureTable features={listed} hasModel={hasModel} sort={sort} setSort={setSort} ask={ask} />
      {listed.length < found.length && (
        <button type="button" onClick={() => setWhole(true)}>
          Show all {count(found.length)}
        </button>
      )}
    </Part>
  );
}

interface FeatureTableProps {
  readonly features: readonly Feature[];
  readonly hasModel: boolean;
  readonly sort: Sort;
  readonly setSort: (sort: Sort) => void;
  readonly ask: (path: string) => Promise<unknown>;
}

function FeatureTable({ features, hasModel, sort, setSort, ask }: FeatureTableProps) {
  const [open, setOpen] = useState<string | undefined>(undefined);
  const sorts = SORTS.filter((name) => hasModel || name !== 'distance');
  const orderOf = (name: Sort) => (name !== sort ? 'none' : name === 'feature' ? 'ascending' : 'descending');
  return (
    <div class="scroll tall">
      <table class="features">
        <thead>
          <tr>
            {sorts.map((name) => (
              <th key={name} scope="col" aria-sort={orderOf(name)}>
                <button type="button" onClick={() => setSort(name)}>
                  {name}
                  <span aria-hidden="true">{name === sort ? ' ▾' : ''}</span>
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {features.map((feature) => (
            <Row
              key={feature.name}
              feature={feature}
              hasModel={hasModel}
              isOpen={open === feature.name}
              toggle={() => setOpen(open === feature.name ? undefined : feature.name)}
              ask={ask}
            />
          ))}
          {features.length === 0 && (
            <tr>
              <td colSpan={sorts.length} class="soft">
                no feature of this name
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>
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
