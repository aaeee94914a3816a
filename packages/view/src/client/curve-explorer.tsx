/** How the start of a feature that the reader picks wears off. */
import type { CurveData, PackedCurve } from '../parts/curve-data.ts';
import { Facts, type Fact } from '../parts/facts.tsx';
import { amount, NEVER } from '../parts/numbers.ts';
import { decadeTop } from '../parts/plot/axes.ts';
import { LinePlot } from '../parts/plot/line-plot.tsx';
import { Picker, usePicking } from './picker.tsx';

/** Below the difference of neighbouring doubles: the same bits. */
const FLOOR = 1e-16;

export function CurveExplorer({ data: { bars, curves } }: { readonly data: CurveData }) {
  const clocks = [...new Set(curves.map(({ clock }) => clock))];
  const groups = clocks.map((clock) => ({
    label: `clock ${clock}`,
    names: curves.filter((curve) => curve.clock === clock).map(({ name }) => name),
  }));
  const picking = usePicking(groups, curves[0]?.name ?? '');
  const curve = curves.find(({ name }) => name === picking.picked);
  return (
    <>
      <Picker id="pick-curve" label="Feature" picking={picking} />
      {curve !== undefined && (
        <div class="half">
          <div id="curve">
            <WearingOff curve={curve} bars={bars[curve.at] ?? []} />
          </div>
          <Facts id="curve-facts" of={factsOf(curve)} />
        </div>
      )}
    </>
  );
}

function WearingOff({ curve, bars }: { readonly curve: PackedCurve; readonly bars: readonly number[] }) {
  const axes = {
    title: curve.name,
    x: 'bars since a cold start',
    y: 'relative difference to a full run',
    from: bars[0] ?? 0,
    to: bars.at(-1) ?? 1,
    floor: FLOOR,
    top: decadeTop(Math.max(...curve.differences), FLOOR),
  };
  const points = curve.differences.map((difference, i) => [bars[i] ?? NaN, difference] as const);
  return <LinePlot axes={axes} series={[{ name: 'largest difference; the bottom line: the same bits', points }]} />;
}

function factsOf({ settling }: PackedCurve): Fact[] {
  if (settling === undefined) return [];
  const after = (bars: number | null): string => (bars === null ? NEVER : `${amount(bars)} bars`);
  return [
    ['declared', settling.declared],
    ...Object.entries(settling.within).map(([level, bars]): Fact => [`within ${level}`, after(bars)]),
    ['same bits', after(settling.exactAfter)],
  ];
}
