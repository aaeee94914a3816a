/** The section on how much history a live session needs: a table of clocks, and for each feature how its start wears off. */
import type { Certificate } from '../../verify/harness/certificate.ts';
import { embedJson, table } from './html.ts';
import { picker } from './verdict-parts.ts';

/** Points of a curve that a page keeps: more than these cannot be told apart. */
const CURVE_POINTS = 32;

type Point = readonly [bars: number, difference: number];

/** First and last, and what lies between at places that are far apart where the curve is. */
export function thinCurve(points: readonly Point[]): readonly Point[] {
  const last = points.length - 1;
  if (last < CURVE_POINTS) return points;
  const picks = Array.from({ length: CURVE_POINTS }, (_, i) => Math.round((i * last) / (CURVE_POINTS - 1)));
  return picks.map((i) => points[i]);
}

const amount = (value: number | null): string =>
  value !== null && Number.isFinite(value)
    ? value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 })
    : 'not within these events';

export function warmupSection({ clocks, row, curves, features }: Certificate): string {
  const rows = clocks.map(({ clock, bars, trades, hours }) => [clock, ...[bars, trades, hours].map(amount)]);
  if (row !== null) rows.push([`the whole row, by ${row.clock}`, '', amount(row.trades), amount(row.hours)]);
  const never = features.filter(({ exactAfter }) => exactAfter === null).length;
  const note = `${features.length - never} of ${features.length} features have the bits of a full run before these events end.`;
  const chart =
    curves.length === 0
      ? ''
      : `<h3>How the start wears off</h3>${picker('pick-curve', 'Feature')}<div class="half"><div id="curve"></div><dl class="facts" id="curve-facts"></dl></div>`;
  return `<p>A live session that starts cold may be trusted after so much history:</p>${table(['clock', 'bars', 'trades, typically', 'hours, typically'], rows)}<p class="soft">${note}</p>${chart}`;
}

const DRAW = `
createPicker('pick-curve', CURVES.groups, (key) => {
  const { bars, differences, facts } = CURVES.byKey[key];
  const points = differences.map((difference, i) => [CURVES.bars[bars][i], difference]);
  const top = Math.max(1e-15, ...points.map(([, y]) => y)) * 1.0001;
  const axes = { title: key, x: 'bars since a cold start', y: 'relative difference to a full run', from: points[0][0], to: points[points.length - 1][0], floor: 1e-16, top };
  document.getElementById('curve').innerHTML = linePlot(axes, [{ name: 'largest difference; the bottom line: the same bits', points }]);
  document.getElementById('curve-facts').innerHTML = facts.map(([term, value]) => '<dt>' + escapeHtml(term) + '</dt><dd>' + escapeHtml(value) + '</dd>').join('');
});
`;

/** Empty where nothing was drawn. Needs the script of plots. */
export function warmupScript({ curves, features }: Certificate): string {
  if (curves.length === 0) return '';
  const after = (bars: number | null): string => (bars === null ? 'not within these events' : `${amount(bars)} bars`);
  const factsOf = (clock: string, feature: string): [string, string][] => {
    const found = features.find((one) => one.clock === clock && one.feature === feature);
    if (found === undefined) return [];
    const within = Object.entries(found.within).map(([level, bars]): [string, string] => [
      `within ${level}`,
      after(bars),
    ]);
    return [['declared', found.declared], ...within, ['same bits', after(found.exactAfter)]];
  };
  const keyOf = ({ clock, feature }: { clock: string; feature: string }): string => `${clock}: ${feature}`;
  // Most features of a clock are measured at the same bars, which are written once.
  const places = new Map<string, number>();
  const byKey = curves.map((curve) => {
    const points = thinCurve(curve.points);
    const at = JSON.stringify(points.map(([bars]) => bars));
    if (!places.has(at)) places.set(at, places.size);
    const differences = points.map(([, difference]) => Number(difference.toPrecision(2)));
    return [keyOf(curve), { bars: places.get(at), differences, facts: factsOf(curve.clock, curve.feature) }] as const;
  });
  const bars = [...places.keys()].map((at) => JSON.parse(at) as number[]);
  const groups = [...new Set(curves.map(({ clock }) => clock))].map((clock) => ({
    label: `clock ${clock}`,
    names: curves.filter((curve) => curve.clock === clock).map(keyOf),
  }));
  return `const CURVES = ${embedJson({ groups, bars, byKey: Object.fromEntries(byKey) })};${DRAW}`;
}
