/** How far probabilities are to be taken at their word, before calibration and after. */
import type { Evidence } from 'minotaur-core/internal/model/evaluation/evidence';
import type { CalibrationFigures } from 'minotaur-core/internal/model/evaluation/reliability';
import { LinePlot, type Series } from './plot/line-plot.tsx';
import { Table } from './table.tsx';

interface Judged {
  readonly name: string;
  readonly metrics: { readonly brier: number };
  /** Absent of training rows. */
  readonly evidence?: Pick<Evidence, 'calibration'> | undefined;
}

const digits = (value: number): string => value.toFixed(4);

const ROWS: readonly (readonly [name: string, of: (calibration: Evidence['calibration'], brier: number) => number])[] =
  [
    ['calibration error before', ({ before }) => before.error],
    ['after', ({ after }) => after.error],
    ['true probabilities, up to', ({ after }) => after.reaches],
    ['Brier', (_, brier) => brier],
    ['= reliability', ({ after }) => after.brier.reliability],
    ['\u2212 resolution', ({ after }) => after.brier.resolution],
    ['+ uncertainty', ({ after }) => after.brier.uncertainty],
    ['+ within bins', ({ after }) => after.brier.within],
  ];

export function Calibration({ splits }: { readonly splits: readonly Judged[] }) {
  const judged = splits.flatMap(({ name, metrics, evidence }) =>
    evidence === undefined ? [] : [{ name, brier: metrics.brier, calibration: evidence.calibration }],
  );
  if (judged.length === 0) return null;
  const rows = ROWS.map(([name, of]) => [
    name,
    ...judged.map(({ calibration, brier }) => digits(of(calibration, brier))),
  ]);
  return (
    <>
      <h2>Calibration</h2>
      <p class="soft">
        Ten bins of probability. Bars: between which shares of label 1 a bin lies, 95 %, by its independent labels. The
        error is how far what was said is from what happened, mean over rows; labels drawn by these very probabilities
        stay below the third line 95 times in 100. Calibration was learned on validation rows.
      </p>
      <div class="plots">
        <Table class="figures" head={['', ...judged.map(({ name }) => name)]} rows={rows} />
        {judged.map(({ name, calibration: { before, after } }) => (
          <LinePlot
            axes={{ title: `Reliability, ${name}`, x: 'mean probability', y: 'share of label 1', top: 1 }}
            series={[
              { name: 'before calibration', colour: 1, dashed: true, points: pointsOf(before) },
              {
                name: 'after',
                colour: 0,
                points: pointsOf(after),
                intervals: after.bins.map(({ meanProbability, interval }) => [meanProbability, ...interval] as const),
              },
            ]}
            diagonal
            dots
          />
        ))}
      </div>
    </>
  );
}

const pointsOf = ({ bins }: CalibrationFigures): Series['points'] =>
  bins.map(({ meanProbability, observed }) => [meanProbability, observed] as const);
