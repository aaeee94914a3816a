/** The section on drift: how much, of which features, and what one of them looks like on either side. */
import type { DriftReport, DriftSide, FeatureDrift } from '../../runs/verification/drift.ts';
import type { Pair } from '../../verify/drift/drift.ts';
import { embedJson, escapeHtml } from './html.ts';
import { key, picker } from './verdict-parts.ts';

/** Features whose bars are drawn. */
const WORST = 20;
/** Where the population stability index is read as some change, and as much. */
const [SOME, MUCH] = [0.1, 0.25];

const NOT_A_BUG = 'Drift says that the market, or the span, is another one. It is not a bug, and no check fails by it.';

const STYLE = `<style>
.bars { display: grid; grid-template-columns: minmax(90px, max-content) 1fr max-content; gap: 4px 12px; align-items: center; } .bars button { text-align: left; border: 0; background: none; padding: 0; font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; } .bars button:hover { text-decoration: underline; } .bars div { background: #3b78d8; border-radius: 3px; height: 14px; min-width: 1px; } .bars div.some { background: #c98a12; } .bars div.much { background: #c8553d; } .bars span { font-variant-numeric: tabular-nums; }
</style>`;

const COLOURS = key([
  ['little', 'background:#3b78d8'],
  ['some', 'background:#c98a12'],
  ['much', 'background:#c8553d'],
]);

export interface DriftSummary {
  readonly little: number;
  readonly some: number;
  readonly much: number;
}

export function summarise({ features }: DriftReport): DriftSummary {
  const much = features.filter(({ psi }) => psi >= MUCH).length;
  const some = features.filter(({ psi }) => psi >= SOME).length - much;
  return { little: features.length - much - some, some, much };
}

function sideText(name: string, { directory, rows, compared }: DriftSide): string {
  const sampled = compared < rows ? ` of ${rows.toLocaleString('en')}` : '';
  return `${name}: ${compared.toLocaleString('en')}${sampled} rows of ${directory}`;
}

export function driftSection(report: DriftReport): string {
  const { reference, current, of, features } = report;
  const worst = features.slice(0, WORST);
  const largest = worst[0]?.psi || 1;
  const bars = worst.map(({ feature, psi }) => {
    const kind = psi >= MUCH ? 'much' : psi >= SOME ? 'some' : 'little';
    const name = escapeHtml(feature);
    return `<button type="button" data-drift="${name}">${name}</button><div class="${kind}" style="width:${((100 * psi) / largest).toFixed(1)}%"></div><span>${figure(psi)}</span>`;
  });
  const chance = Math.max(...features.map(({ psiByChance }) => psiByChance));
  const which =
    of === 'ready'
      ? 'Rows of the warm-up are left out.'
      : 'A side has no row that is ready: rows of the warm-up count too.';
  return `${STYLE}<p><b>${NOT_A_BUG}</b></p>
<p class="soft">${escapeHtml(sideText('Reference', reference))}. ${escapeHtml(sideText('Now', current))}. ${which}</p>
<h3>Population stability index, the worst ${worst.length}</h3>
<p class="soft">Below ${SOME} little change, from ${MUCH} on much. Two samples of these sizes from one market give up to ${figure(chance)} on average, and more where rows overlap in time.</p>
<div class="bars">${bars.join('\n')}</div>${COLOURS}
<h3>A feature, then and now</h3>${picker('pick-drift', 'Feature')}<div class="half"><div id="histogram"></div><dl class="facts" id="drift-facts"></dl></div>`;
}

/** Three digits after the point; four leading ones of what is small or large. */
const figure = (value: number): string =>
  value === 0 || (Math.abs(value) >= 0.001 && Math.abs(value) < 1000) ? value.toFixed(3) : value.toPrecision(3);
const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.001 ? 3 : 1)} %`;

const TERMS = ['stability index', 'Jensen-Shannon', 'Kolmogorov-Smirnov', 'NaN', 'beyond the limits'];

/** A text for each of {@link TERMS}, the last where an artefact says the limits. */
function factsOf(drift: FeatureDrift): string[] {
  const { psi, psiByChance, bins, jensenShannon, kolmogorovSmirnov, missing, clipped } = drift;
  const pair = ({ reference, current }: Pair): string => `${percent(reference)}, now ${percent(current)}`;
  return [
    `${figure(psi)} over ${bins} bins (by chance ${figure(psiByChance)})`,
    `${figure(jensenShannon)} bits`,
    Number.isNaN(kolmogorovSmirnov) ? 'a side has no value' : figure(kolmogorovSmirnov),
    pair(missing),
    ...(clipped === undefined ? [] : [pair(clipped)]),
  ];
}

/** Heights are written as whole numbers of so many to the whole. */
const PARTS = 10_000;

const DRAW = `
const pickDrift = createPicker('pick-drift', [{ label: 'worst first', names: DRIFT.map(([name]) => name) }], (wanted) => {
  const [name, from, to, reference, current, facts] = DRIFT.find(([known]) => known === wanted);
  const [then, now] = [reference, current].map((heights) => heights.map((height) => height / PARTS));
  const top = Math.max(0.04, Math.ceil(Math.max(...then, ...now) * 25) / 25);
  const end = to > from ? to : from + 1;
  document.getElementById('histogram').innerHTML = histogramPlot({ title: name, x: 'value; what lies beyond the ends is in the outer bars', y: 'share of the rows with a value', top, from, to: end },
    [{ name: 'reference', heights: then }, { name: 'now', heights: now }]);
  document.getElementById('drift-facts').innerHTML = facts.map((value, i) => '<dt>' + escapeHtml(TERMS[i]) + '</dt><dd>' + escapeHtml(value) + '</dd>').join('');
});
for (const button of document.querySelectorAll('[data-drift]')) button.addEventListener('click', () => {
  pickDrift(button.dataset.drift);
  document.getElementById('histogram').scrollIntoView({ behavior: 'smooth', block: 'center' });
});
`;

/** Needs the script of plots. */
export function driftScript({ features }: DriftReport): string {
  const short = (heights: readonly number[]): number[] => heights.map((height) => Math.round(height * PARTS));
  const data = features.map((drift) => {
    const { from, to, reference, current } = drift.histogram;
    return [
      drift.feature,
      Number(from.toPrecision(6)),
      Number(to.toPrecision(6)),
      short(reference),
      short(current),
      factsOf(drift),
    ];
  });
  const constants = Object.entries({ DRIFT: data, TERMS, PARTS });
  return `${constants.map(([name, value]) => `const ${name} = ${embedJson(value)};`).join('\n')}${DRAW}`;
}
