/** `minotaur predict`: predictions over a built data set, row by row through the same machine as live. */
import { createPredictor, type Prediction } from 'minotaur-core/internal/live/predictor';
import { readRows } from '../../files/parquet/row-source.ts';
import { openFittedRows } from '../learning-data.ts';
import { openModelOf } from '../model-file.ts';
import { createPredictionFile, predictionFacts } from '../prediction-file.ts';
import { createProgress } from '../progress.ts';

export interface PredictFlags {
  readonly rows: string;
  readonly artefact: string;
  readonly model: string;
  readonly out: string;
  readonly json?: boolean;
}

export async function predict(flags: PredictFlags): Promise<void> {
  const report = await runPredict(flags);
  console.log(flags.json ? JSON.stringify(report, null, 2) : summary(report));
}

/** The command without its printing. */
export async function runPredict(flags: PredictFlags) {
  const started = performance.now();
  const { file, artefact, time } = await openFittedRows(flags.rows, flags.artefact);
  const model = await openModelOf(artefact, flags.model);
  const progress = createProgress('predict', time.length, 'rows');
  const output = createPredictionFile(flags.out, predictionFacts(artefact, flags.model));
  try {
    const predictor = createPredictor(artefact, model);
    const predictions: Prediction[] = [];
    for await (const { count, width, time: times, values, ready } of readRows(file, artefact.inputs)) {
      predictions.length = 0;
      for (let r = 0; r < count; r++)
        predictions.push(await predictor.push(times[r], values, r * width, ready[r] === 1));
      output.add(predictions);
      progress.add(count);
    }
    output.commit();
  } finally {
    progress.stop();
    output.abort();
    await model.close();
  }
  const seconds = (performance.now() - started) / 1000;
  return { out: flags.out, ...output.report(), artefact: artefact.digest, seconds };
}

function summary({
  rows,
  predicted,
  refusals,
  digest,
  seconds,
  out,
}: {
  readonly rows: number;
  readonly predicted: number;
  readonly refusals: Readonly<Record<string, number>>;
  readonly digest: string;
  readonly seconds: number;
  readonly out: string;
}): string {
  return [
    `${predicted.toLocaleString('en')} of ${rows.toLocaleString('en')} rows predicted -> ${out}`,
    ...Object.entries(refusals).map(([reason, count]) => `          ${count.toLocaleString('en')} ${reason}`),
    `digest    ${digest}`,
    `${seconds.toFixed(1)} s`,
  ].join('\n');
}
