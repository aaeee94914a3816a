/** The values of a feature that the reader picks, then and now. */
import { unpackDrift, type DriftData, type FeatureDrift, type Pair } from '../parts/drift-data.ts';
import { Facts, type Fact } from '../parts/facts.tsx';
import { figure, percent } from '../parts/numbers.ts';
import { HistogramPlot } from '../parts/plot/histogram-plot.tsx';
import { Picker, useButtons, usePicking } from './picker.tsx';

export function DriftExplorer({ data }: { readonly data: DriftData }) {
  const picking = usePicking([{ label: 'worst first', names: data.feature }], data.feature[0] ?? '');
  useButtons('drift', picking.pick);
  const drift = unpackDrift(data, picking.picked);
  return (
    <>
      <Picker id="pick-drift" label="Feature" picking={picking} />
      {drift !== undefined && (
        <div class="half">
          <div id="histogram">
            <ThenAndNow {...drift} />
          </div>
          <Facts id="drift-facts" of={factsOf(drift)} />
        </div>
      )}
    </>
  );
}

function ThenAndNow({ feature, histogram: { from, to, reference, current } }: FeatureDrift) {
  const x = 'value; what lies beyond the ends is in the outer bars';
  return (
    <HistogramPlot
      axes={{ title: feature, x, y: 'share of the rows with a value', from, to }}
      series={[
        { name: 'reference', heights: reference },
        { name: 'now', heights: current },
      ]}
    />
  );
}

function factsOf(drift: FeatureDrift): Fact[] {
  const { psi, psiByChance, bins, jensenShannon, kolmogorovSmirnov, missing, clipped } = drift;
  const pair = ({ reference, current }: Pair): string => `${percent(reference)}, now ${percent(current)}`;
  return [
    ['stability index', `${figure(psi)} over ${bins} bins (by chance ${figure(psiByChance)})`],
    ['Jensen-Shannon', `${figure(jensenShannon)} bits`],
    ['Kolmogorov-Smirnov', Number.isNaN(kolmogorovSmirnov) ? 'a side has no value' : figure(kolmogorovSmirnov)],
    ['NaN', pair(missing)],
    ...(clipped === undefined ? [] : [['beyond the limits', pair(clipped)] satisfies Fact]),
  ];
}
