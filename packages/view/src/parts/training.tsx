/** How a model was trained: its curves by epoch, and the trials it was chosen from. */
import { count } from './numbers.ts';
import { roundEnds } from './plot/axes.ts';
import { LinePlot, type Series } from './plot/line-plot.tsx';

/** What a training said at the end of an epoch. */
export interface CurveEpoch {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  /** Of the validation rows. */
  readonly auc: number;
}

/** A trial of a study. */
export interface Trial {
  readonly number: number;
  /** `COMPLETE`, `PRUNED`, `FAIL`. */
  readonly state: string;
  /** Null of a trial that came to none. */
  readonly value: number | null;
}

export function Training({ curve }: { readonly curve: readonly CurveEpoch[] }) {
  if (curve.length === 0) return null;
  const line = (of: (epoch: CurveEpoch) => number): Series['points'] =>
    curve.filter((epoch) => Number.isFinite(of(epoch))).map((epoch) => [epoch.epoch, of(epoch)] as const);
  const loss: Series[] = [
    { name: 'train', points: line(({ trainLoss }) => trainLoss) },
    { name: 'validation', points: line(({ validationLoss }) => validationLoss) },
  ];
  const auc: Series[] = [{ name: 'validation', points: line((epoch) => epoch.auc), colour: 1 }];
  return (
    <>
      <h2>Training</h2>
      <div class="plots">
        <LinePlot axes={axesOf('Loss by epoch', 'loss', loss, curve)} series={loss} />
        <LinePlot axes={axesOf('ROC AUC by epoch', 'ROC AUC', auc, curve)} series={auc} />
      </div>
    </>
  );
}

function axesOf(title: string, y: string, series: readonly Series[], curve: readonly CurveEpoch[]) {
  const values = series.flatMap(({ points }) => points.map(([, value]) => value));
  const epochs = curve.map(({ epoch }) => epoch);
  const [from, to] = [Math.min(...epochs), Math.max(...epochs)];
  return { title, x: 'epoch', y, from, to, ...roundEnds(Math.min(...values), Math.max(...values)) };
}

const STATES = [
  ['COMPLETE', 'complete', 0],
  ['PRUNED', 'pruned', 1],
  ['FAIL', 'failed', 4],
] as const;

export function Trials({ trials }: { readonly trials: readonly Trial[] }) {
  const valued = trials.flatMap(({ number, state, value }) => (value === null ? [] : [{ number, state, value }]));
  if (valued.length === 0) return null;
  const series = STATES.map(([state, name, colour]): Series => {
    const own = valued.filter((trial) => trial.state === state);
    return { name, colour, scattered: true, points: own.map(({ number, value }) => [number, value] as const) };
  }).filter(({ points }) => points.length > 0);
  const values = valued.map(({ value }) => value);
  const axes = {
    title: 'Value by trial',
    x: 'trial',
    y: 'value',
    from: 0,
    to: Math.max(1, ...trials.map(({ number }) => number)),
    ...roundEnds(Math.min(...values), Math.max(...values)),
  };
  const told = STATES.map(([state, name]) => [name, trials.filter((trial) => trial.state === state).length] as const);
  return (
    <>
      <h2>Trials</h2>
      <p class="soft">
        {`${count(trials.length)} trials: ${told.map(([name, n]) => `${count(n)} ${name}`).join(', ')}. The model was chosen from them: the more, the less its value on the rows that chose it is worth.`}
      </p>
      <div class="plots one">
        <LinePlot axes={axes} series={series} />
      </div>
    </>
  );
}
