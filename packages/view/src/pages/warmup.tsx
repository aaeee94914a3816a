/** The section on how much history a live session needs: a table of clocks, and for each feature how its start wears off. */
import { packCurves, type Curve, type FeatureSettling } from '../parts/curve-data.ts';
import { Place } from '../parts/place.tsx';
import { amount } from '../parts/numbers.ts';
import { Table } from '../parts/table.tsx';

export interface WarmupProps {
  /** How much each clock needs; null: not to be told. */
  readonly clocks: readonly {
    readonly clock: string;
    readonly bars: number;
    readonly trades: number | null;
    readonly hours: number | null;
  }[];
  /** The whole row, which is ready with its slowest clock. */
  readonly row: { readonly clock: string; readonly trades: number | null; readonly hours: number } | null;
  /** What a row that is ready lets in of the start, in words. */
  readonly ready: readonly string[];
  readonly features: readonly FeatureSettling[];
  readonly curves: readonly Curve[];
}

export function WarmupSection({ clocks, row, ready, features, curves }: WarmupProps) {
  const rows = clocks.map(({ clock, bars, trades, hours }) => [clock, amount(bars), amount(trades), amount(hours)]);
  if (row !== null) rows.push([`the whole row, by ${row.clock}`, '', amount(row.trades), amount(row.hours)]);
  const exact = features.filter(({ exactAfter }) => exactAfter !== null).length;
  return (
    <>
      <p>A live session that starts cold may be trusted after so much history:</p>
      <Table class="figures" head={['clock', 'bars', 'trades, typically', 'hours, typically']} rows={rows} />
      {ready.map((line) => (
        <p>{line}</p>
      ))}
      <p class="soft">{`${exact} of ${features.length} features have the bits of a full run before these events end.`}</p>
      {curves.length > 0 && (
        <>
          <h3>How the start wears off</h3>
          <Place of="curves" value={packCurves(curves, features)} />
        </>
      )}
    </>
  );
}
