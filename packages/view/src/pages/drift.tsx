/** The section on drift: how much, of which features, and what one of them looks like on either side. */
import { Banner } from '../parts/banner.tsx';
import { Bars } from '../parts/bars.tsx';
import {
  countLevels,
  levelOf,
  MUCH,
  packDrift,
  SOME,
  type Drift,
  type DriftLevel,
  type DriftSide,
} from '../parts/drift-data.ts';
import { Key } from '../parts/key.tsx';
import { count, figure } from '../parts/numbers.ts';
import { Place } from '../parts/place.tsx';

/** Features whose bars are drawn. */
const WORST = 20;

const COLOURS: Readonly<Record<DriftLevel, string>> = {
  little: 'var(--blue)',
  some: 'var(--amber)',
  much: 'var(--red)',
};

/** What a page says first that was asked for drift alone. */
export function DriftBanner(drift: Drift) {
  const { little, some, much } = countLevels(drift);
  const text = `${much} of ${drift.features.length} features have drifted much, ${some} somewhat, ${little} little.`;
  return <Banner kind="neutral" word="Drift" text={text} />;
}

function sideText(name: string, { directory, rows, compared }: DriftSide): string {
  const sampled = compared < rows ? ` of ${count(rows)}` : '';
  return `${name}: ${count(compared)}${sampled} rows of ${directory}.`;
}

export function DriftSection({ reference, current, of, features }: Drift) {
  const worst = features.slice(0, WORST);
  const chance = Math.max(...features.map(({ psiByChance }) => psiByChance));
  const which =
    of === 'ready'
      ? 'Rows of the warm-up are left out.'
      : 'A side has no row that is ready: rows of the warm-up count too.';
  const bars = worst.map(({ feature, psi }) => ({
    label: (
      <button type="button" data-drift={feature}>
        {feature}
      </button>
    ),
    value: psi,
    figure: figure(psi),
    colour: COLOURS[levelOf(psi)],
  }));
  return (
    <>
      <p>
        <b>Drift says that the market, or the span, is another one. It is not a bug, and no check fails by it.</b>
      </p>
      <p class="soft">{`${sideText('Reference', reference)} ${sideText('Now', current)} ${which}`}</p>
      <h3>{`Population stability index, the worst ${worst.length}`}</h3>
      <p class="soft">
        {`Below ${SOME} little change, from ${MUCH} on much. Two samples of these sizes from one market give up to ${figure(chance)} on average, and more where rows overlap in time.`}
      </p>
      <Bars of={bars} />
      <Key of={Object.entries(COLOURS).map(([name, colour]) => ({ name, style: `background:${colour}` }))} />
      <h3>A feature, then and now</h3>
      <Place of="drift" value={packDrift(features)} />
    </>
  );
}
