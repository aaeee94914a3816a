/** `minotaur evaluate`: how good predictions are, split by split. */
import { writeFileSync } from 'node:fs';
import { fail } from 'minotaur-core/internal/base/errors';
import { scoresOf } from 'minotaur-core/internal/model/scores';
import { readColumns } from '../../files/parquet/columns-source.ts';
import { measure, type Metrics } from 'minotaur-core/internal/model/metrics';
import type { Threshold } from 'minotaur-core/internal/model/threshold';
import { readArtefact, readTargets } from '../learning-data.ts';
import { readPredictionFacts } from '../prediction-file.ts';
import { modelPage, type EvaluatedSplit, type Importance } from '../../pages/model-page.ts';

export interface EvaluateFlags {
  readonly predictions: string;
  readonly labels: string;
  readonly splits: string;
  readonly fold?: number;
  readonly artefact: string;
  readonly report?: string;
  readonly json?: boolean;
}

export async function evaluate(flags: EvaluateFlags): Promise<void> {
  const { threshold, splits } = await runEvaluate(flags);
  console.log(flags.json ? JSON.stringify({ threshold, splits }, null, 2) : table(splits, threshold));
}

/** The command without its printing. */
export async function runEvaluate(flags: EvaluateFlags) {
  const artefact = readArtefact(flags.artefact);
  await readPredictionFacts(flags.predictions, artefact);
  const { time, calibrated } = await readColumns(flags.predictions, ['time', 'calibrated']);
  const { label, codes } = await readTargets(artefact, time, flags);
  const threshold = ((artefact.decision?.threshold ?? null) as Threshold | null)?.value ?? 0.5;
  const splits = (['train', 'validation', 'test'] as const)
    .map((name): EvaluatedSplit => {
      const { scores, labels } = scoresOf(name, codes, label, calibrated);
      return { name, probabilities: scores, labels };
    })
    .filter((split) => split.labels.includes(0) && split.labels.includes(1));
  if (splits.length === 0) fail('input', flags.predictions, 'predicted rows with labels of both classes', 'none');
  const measured = splits.map(({ name, probabilities, labels }) => ({
    name,
    ...measure(probabilities, labels, threshold),
  }));
  if (flags.report !== undefined) {
    const lead = `Artefact ${artefact.digest.slice(0, 12)}, ${splits.map(({ name, labels }) => `${labels.length} ${name}`).join(', ')} rows.`;
    const leans = artefact.decision?.importances as { unit: string; top: Importance[] } | undefined;
    const importances = { importanceUnit: leans?.unit ?? 'importance', importances: leans?.top ?? [] };
    writeFileSync(flags.report, modelPage({ model: 'evaluation', lead, threshold, splits, ...importances }));
  }
  return { threshold, splits: measured };
}

function table(rows: readonly ({ readonly name: string } & Metrics)[], threshold: number): string {
  const figures = ['rocAuc', 'prAuc', 'brier', 'logLoss', 'f1', 'precision', 'recall'] as const;
  const cell = (value: number): string => (Number.isFinite(value) ? value.toFixed(4) : 'none').padStart(10);
  return [
    `${'split'.padEnd(12)}${figures.map((name) => name.padStart(10)).join('')}`,
    ...rows.map((row) => `${row.name.padEnd(12)}${figures.map((name) => cell(row[name])).join('')}`),
    `threshold ${threshold.toPrecision(6)}`,
  ].join('\n');
}
