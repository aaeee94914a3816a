/** `calibrate`: calibration and threshold of a model from elsewhere, as `train` learns them of its own. */
import { optionsOf, requireKind, textual, whole } from 'minotaur-core/internal/base/options';
import { decide, UNKNOWN_IMPORTANCES } from 'minotaur-core/internal/artefact/artefact';
import { learnDecision } from 'minotaur-core/internal/artefact/decision';
import { fail } from 'minotaur-core/internal/base/errors';
import { scoresOf } from 'minotaur-core/internal/model/evaluation/scores';
import type { Threshold } from 'minotaur-core/internal/model/threshold';
import { requireOwnPlace } from '../../store/own-place.ts';
import { resolveConfig, type ConfigArgument, configArgument } from '../../files/config-file.ts';
import { readArtefact, writeArtefact } from '../../store/artefact.ts';
import { beginRun, createCourse, type RunOptions, RUN } from '../course/options.ts';
import { countScored, readPredicted } from './predicted-rows.ts';
import { readOwnTargets } from './targets.ts';

/** What `calibrate` takes. */
export interface CalibrateOptions extends RunOptions {
  /** What predict wrote with that model: a file, or of several instruments a directory with one of each. */
  readonly predictions: string;
  /** What label wrote: a file, or of several instruments a directory with one of each. */
  readonly labels: string;
  /** What split wrote. */
  readonly splits: string;
  /** Which fold of the splits; 0 where absent. */
  readonly fold?: number | undefined;
  /** What fit wrote; stays as it is. */
  readonly artefact: string;
  /** Of the build, with the section `model`. */
  readonly config: ConfigArgument;
  /** The artefact with both, .json. */
  readonly out: string;
}

const CALIBRATE = optionsOf<CalibrateOptions>(
  { predictions: textual, labels: textual, splits: textual, artefact: textual, config: configArgument, out: textual },
  { ...RUN, fold: whole },
);

/** What `calibrate` did. */
export interface CalibrateReport {
  /** The artefact with calibration and threshold. */
  readonly out: string;
  /** Predicted validation rows with a label. */
  readonly rows: number;
  /** The same of each instrument. */
  readonly symbols: Readonly<Record<string, number>>;
  /** From which calibrated probability on the signal is 1; chosen on these rows, whose scores flatter: `evaluate` has them. */
  readonly threshold: Threshold;
}

/**
 * Learns calibration and threshold of a model from elsewhere, on validation, from its predictions.
 * @throws {MinotaurError} where the files do not belong together, or the model cannot be calibrated
 */
export async function calibrate(options: CalibrateOptions): Promise<CalibrateReport> {
  requireKind('calibrate', CALIBRATE, options);
  beginRun(options);
  const { out } = options;
  requireOwnPlace(out, [options.predictions, options.labels, options.splits], options.config);
  const { model: settings } = (await resolveConfig(options.config)).config;
  const artefact = readArtefact(options.artefact);
  // What the model itself said, before any calibration that the artefact may hold already.
  const predicted = await readPredicted(artefact, options);
  const { model, probability } = predicted;
  const { label, codes } = await readOwnTargets(artefact, predicted, options);
  const { scores, labels } = scoresOf('validation', codes, label, probability);
  const rows = labels.length;
  if (rows === 0) fail('input', options.predictions, 'predicted validation rows with a label', 'none');
  const course = createCourse(options, { step: 'calibrate', unit: 'rows', total: rows });
  const learned = learnDecision(settings, artefact.label, scores, labels);
  await course.add(rows);
  writeArtefact(out, decide(artefact, { model, ...learned, importances: UNKNOWN_IMPORTANCES }));
  const symbols = countScored(predicted.parts, 'validation', { codes, label, score: probability });
  return { out, rows, symbols, threshold: learned.threshold };
}
