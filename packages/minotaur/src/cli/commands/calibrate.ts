/** `minotaur calibrate`: calibration and threshold of a model from elsewhere, as `train` learns them of its own. */
import { fail } from 'minotaur-core/internal/base/errors';
import { scoresOf } from 'minotaur-core/internal/model/scores';
import { readColumns } from '../../files/parquet/columns-source.ts';
import type { LabelConfig } from 'minotaur-core/internal/labels/section';
import { decide, encodeArtefact } from 'minotaur-core/internal/artefact/artefact';
import { loadConfig } from '../config-file.ts';
import { learnDecision, type LearnedDecision } from 'minotaur-core/internal/artefact/decision';
import { readArtefact, readTargets } from '../learning-data.ts';
import { readPredictionFacts } from '../prediction-file.ts';
import { writeWhole } from './fit.ts';

export interface CalibrateFlags {
  readonly predictions: string;
  readonly labels: string;
  readonly splits: string;
  readonly fold?: number;
  readonly artefact: string;
  readonly config: string;
  readonly out: string;
  readonly json?: boolean;
}

export async function calibrateCommand(flags: CalibrateFlags): Promise<void> {
  const { rows, metrics, threshold } = await runCalibrate(flags);
  if (flags.json) console.log(JSON.stringify({ out: flags.out, rows, validation: metrics, threshold }, null, 2));
  else
    console.log(
      [
        `${rows.toLocaleString('en')} validation rows: ROC AUC ${metrics.rocAuc.toFixed(4)}, Brier ${metrics.brier.toFixed(4)}; threshold ${threshold.value.toFixed(4)} by ${threshold.by}`,
        `artefact  ${flags.out}, with the calibration and threshold of the model that predicted`,
      ].join('\n'),
    );
}

/** The command without its printing. */
export async function runCalibrate(flags: CalibrateFlags): Promise<LearnedDecision & { readonly rows: number }> {
  const { model: settings } = (await loadConfig(flags.config)).config;
  const artefact = readArtefact(flags.artefact);
  const { model } = await readPredictionFacts(flags.predictions, artefact);
  // What the model itself said, before any calibration that the artefact may hold already.
  const { time, probability } = await readColumns(flags.predictions, ['time', 'probability']);
  const { label, codes } = await readTargets(artefact, time, flags);
  const { scores, labels } = scoresOf('validation', codes, label, probability);
  if (labels.length === 0) fail('input', flags.predictions, 'predicted validation rows with a label', 'none');
  const learned = learnDecision(settings, artefact.label as LabelConfig, scores, labels);
  const { calibration, threshold } = learned;
  const importances = { unit: 'importance', top: [] };
  writeWhole(flags.out, encodeArtefact(decide(artefact, { model, calibration, threshold, importances })));
  return { ...learned, rows: labels.length };
}
