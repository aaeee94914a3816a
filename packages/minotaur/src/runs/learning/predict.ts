/** `predict`: predictions over a built data set, row by row through the same machine as live. */
import { choice, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { sha256OfText } from 'minotaur-core/internal/base/bytes/hashing';
import { fail } from 'minotaur-core/internal/base/errors';
import {
  createPredictor,
  type Prediction,
  type Predictor,
  type PredictorOptions,
} from 'minotaur-core/internal/live/predictor';
import { requireOwnPlace } from '../../store/own-place.ts';
import { openModelOf } from '../../runtime/artefact-model.ts';
import {
  bySymbol,
  instrumentFile,
  requireOutputName,
  type PoolPart,
  type RowsArgument,
  rowsArgument,
} from '../../store/pool.ts';
import {
  createPredictionFile,
  predictionFacts,
  type PredictionFile,
  type PredictionReport,
} from '../../store/predictions.ts';
import { readRows } from '../../store/rows.ts';
import { beginRun, createCourse, secondsSince, type Course, type RunOptions, RUN } from '../course/options.ts';
import { openFittedRows } from './fitted-rows.ts';

/** What `predict` takes. */
export interface PredictOptions extends RunOptions {
  /** Directory that build wrote; of several instruments one each, whatever their order. */
  readonly rows: RowsArgument;
  /** What fit and train wrote. */
  readonly artefact: string;
  /** The model, .onnx. */
  readonly model: string;
  /** Of the rows that are predicted: that they are ready, which is the default, or complete as well. */
  readonly require?: PredictorOptions['require'];
  /** The predictions, .parquet; of several instruments a directory for a file of each. */
  readonly out: string;
}

const PREDICT = optionsOf<PredictOptions>(
  { rows: rowsArgument, artefact: textual, model: textual, out: textual },
  { ...RUN, require: choice(['ready', 'complete']) },
);

/** What `predict` did. */
export interface PredictReport extends PredictionReport {
  /** The predictions. */
  readonly out: string;
  /** Digest of the artefact. */
  readonly artefact: string;
  /** Of each instrument: the digest is that of a replay of it. */
  readonly symbols: Readonly<Record<string, PredictionReport>>;
  /** That it took. */
  readonly seconds: number;
}

/**
 * Predicts the rows of a built data set, with the bits that a live session gives; each instrument by a predictor of its own.
 * @throws {MinotaurError} where rows, artefact and model do not belong together, and where no row can be predicted
 */
export async function predict(options: PredictOptions): Promise<PredictReport> {
  requireKind('predict', PREDICT, options);
  const started = beginRun(options);
  const { out } = options;
  requireOutputName(out, options.rows);
  const rows = await openFittedRows(options.rows, options.artefact);
  const { artefact, parts, time } = rows;
  const several = parts.length > 1;
  const model = await openModelOf(artefact, options.model);
  const files: PredictionFile[] = [];
  try {
    const course = createCourse(options, { step: 'predict', unit: 'rows', total: time.length });
    for (const part of parts) {
      const path = several ? instrumentFile(out, part.symbol) : out;
      requireOwnPlace(path, [options.rows, options.artefact, options.model]);
      const file = createPredictionFile(path, predictionFacts(artefact, options.model));
      files.push(file);
      await predictPart(part, createPredictor(artefact, model, options), artefact.inputs, file, course);
    }
    const reports = files.map((file) => file.report());
    const whole = totalOf(reports);
    requirePredictions(parts.map(({ file }) => file).join(', '), whole);
    for (const file of files) file.commit();
    const symbols = bySymbol(parts, (_, k) => reports[k]);
    return { out, ...whole, artefact: artefact.digest, symbols, seconds: secondsSince(started) };
  } finally {
    for (const file of files) file.abort();
    await model.close();
  }
}

/** The rows of one instrument, in order. */
async function predictPart(
  part: PoolPart,
  predictor: Predictor,
  inputs: readonly string[],
  output: PredictionFile,
  course: Course,
): Promise<void> {
  for await (const { count, width, time: times, values, ready, complete } of readRows(part, inputs)) {
    const predictions: Prediction[] = [];
    for (let r = 0; r < count; r++) {
      const flags = { ready: ready[r] === 1, complete: complete[r] === 1 };
      predictions.push(await predictor.push(times[r], values, r * width, flags));
    }
    output.add(predictions);
    await course.add(count);
  }
}

/** Of all instruments; the digest of several is the SHA-256 of theirs, one after the other. */
function totalOf(reports: readonly PredictionReport[]): PredictionReport {
  if (reports.length === 1) return reports[0];
  const sum = (of: (report: PredictionReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0);
  const refusals: Record<string, number> = {};
  for (const report of reports) {
    for (const [reason, n] of Object.entries(report.refusals)) refusals[reason] = (refusals[reason] ?? 0) + n;
  }
  return {
    rows: sum(({ rows }) => rows),
    predicted: sum(({ predicted }) => predicted),
    incomplete: sum(({ incomplete }) => incomplete),
    refusals,
    digest: sha256OfText(reports.map(({ digest }) => digest).join('')),
  };
}

function requirePredictions(rows: string, report: PredictionReport): void {
  if (report.predicted > 0) return;
  const refused = Object.entries(report.refusals).map(([reason, n]) => `${n} ${reason}`);
  fail('input', rows, 'a row that can be predicted', `none of ${report.rows}: ${refused.join('; ')}`);
}
