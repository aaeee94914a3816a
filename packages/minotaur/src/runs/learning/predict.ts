/** `predict`: predictions over a built data set, row by row through the same machine as live. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createPredictor, type Prediction, type PredictorOptions } from 'minotaur-core/internal/live/predictor';
import { openModelOf } from '../../runtime/artefact-model.ts';
import { createPredictionFile, predictionFacts, type PredictionReport } from '../../store/predictions.ts';
import { readRows } from '../../store/rows.ts';
import { requireParquetName } from '../../files/paths.ts';
import { beginRun, createCourse, secondsSince, type RunOptions } from '../course/options.ts';
import { openFittedRows } from './fitted-rows.ts';

/** What `predict` takes. */
export interface PredictOptions extends RunOptions {
  /** Directory that build wrote. */
  readonly rows: string;
  /** What fit and train wrote. */
  readonly artefact: string;
  /** The model, .onnx. */
  readonly model: string;
  /** Of the rows that are predicted: that they are ready, which is the default, or complete as well. */
  readonly require?: PredictorOptions['require'];
  /** The predictions, .parquet. */
  readonly out: string;
}

/** What `predict` did. */
export interface PredictReport extends PredictionReport {
  /** The predictions. */
  readonly out: string;
  /** Digest of the artefact. */
  readonly artefact: string;
  /** That it took. */
  readonly seconds: number;
}

/**
 * Predicts the rows of a built data set, with the bits that a live session gives.
 * @throws {MinotaurError} where rows, artefact and model do not belong together, and where no row can be predicted
 */
export async function predict(options: PredictOptions): Promise<PredictReport> {
  const started = beginRun(options);
  requireParquetName(options.out);
  const rows = await openFittedRows(options.rows, options.artefact);
  const { artefact, time } = rows;
  const model = await openModelOf(artefact, options.model);
  try {
    const course = createCourse(options, { step: 'predict', unit: 'rows', total: time.length });
    const output = createPredictionFile(options.out, predictionFacts(artefact, options.model));
    try {
      const predictor = createPredictor(artefact, model, options);
      for await (const { count, width, time: times, values, ready, complete } of readRows(rows, artefact.inputs)) {
        const predictions: Prediction[] = [];
        for (let r = 0; r < count; r++) {
          const flags = { ready: ready[r] === 1, complete: complete[r] === 1 };
          predictions.push(await predictor.push(times[r], values, r * width, flags));
        }
        output.add(predictions);
        await course.add(count);
      }
      requirePredictions(options.rows, output.report());
      output.commit();
    } finally {
      output.abort();
    }
    const report = output.report();
    return { out: options.out, ...report, artefact: artefact.digest, seconds: secondsSince(started) };
  } finally {
    await model.close();
  }
}

function requirePredictions(rows: string, report: PredictionReport): void {
  if (report.predicted > 0) return;
  const refused = Object.entries(report.refusals).map(([reason, n]) => `${n} ${reason}`);
  fail('input', rows, 'a row that can be predicted', `none of ${report.rows}: ${refused.join('; ')}`);
}
