/** The sections of a draft by which rows are labelled and learned from. */
import { figure, percent } from 'minotaur-core/internal/base/figures';
import type { Barriers } from './barriers.ts';
import { section, type TriedDraft } from './sections.ts';

/** Rows that are too few for a part of them to calibrate by. */
const FEW = 2000;

/** `close`: the column with the price itself. */
export function learningSections({ readyRows }: TriedDraft, close: string): string[] {
  return [
    section('Learn from the past, choose by what follows, be judged by what comes last.', {
      split: { method: 'chronological', train: 0.65, validation: 0.15, test: 0.2 },
    }),
    section('Rows that a prediction looks at.', { sequence: { length: 1 } }),
    section('The price itself says which day it is, and nothing else that a model could use on another.', {
      selection: { exclude: [close] },
    }),
    section(
      readyRows < FEW
        ? 'Scaled by median and quartiles; trees, not calibrated: the validation rows are few.'
        : 'Scaled by median and quartiles; trees, calibrated on the validation rows.',
      {
        transform: { scale: 'robust' },
        model: {
          kind: 'trees',
          rounds: 200,
          minRows: Math.max(5, Math.min(100, Math.floor(readyRows / 50))),
          learningRate: 0.05,
          calibration: readyRows < FEW ? 'none' : 'isotonic',
        },
      },
    ),
  ];
}

/** `entry`: at which price a row enters. */
export function labelWords({ label, bars, typical, gains, losses }: Barriers, entry: string): string {
  const touched = `${figure(gains)} rows gain and ${figure(losses)} lose`;
  if (label.method === 'horizon') return `The sign of the return after ${bars} rows: ${touched}.\n${entry}`;
  return [
    `The price typically moves by ${percent(typical)} in ${bars} rows: barriers about so far away,`,
    `and a limit of twice as many rows.`,
    `By the closes of these bars ${touched}.`,
    entry,
  ].join('\n');
}
