/**
 * Where trials learn and where they are judged: walk-forward folds over the rows before the test span. A fold has training rows,
 * rows to stop and calibrate by, and a stretch behind both that the trial is scored by; no row of the test span is in any of them.
 */
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import { formatTime } from 'minotaur-core/internal/base/time';
import { binaryLabels } from 'minotaur-core/internal/labels/binary';
import type { SplitConfig } from 'minotaur-core/internal/splits/section';
import { splitRows, SPLITS } from 'minotaur-core/internal/splits/splits';
import { sequenceOf } from 'minotaur-core/internal/transform/sequence-section';
import type { LoadedConfig } from '../../files/config-file.ts';
import type { LabelColumns } from '../../store/labels.ts';
import { openPool, wholeSequences, type Pool, type RowsArgument } from '../../store/pool.ts';
import { readFold, writeFolds } from '../../store/splits.ts';
import type { PlannedRows } from '../../store/rows.ts';
import { readPoolLabels } from '../learning/targets.ts';

export interface TuningFiles {
  readonly rows: RowsArgument;
  readonly labels: string;
  readonly splits: string;
}

/** What every trial is fitted, trained and scored on. */
export interface Development {
  readonly pool: Pool<PlannedRows>;
  /** Of every row; labels as they were made, not yet binary. */
  readonly targets: LabelColumns;
  /** Split codes of each fold. */
  readonly folds: readonly Uint8Array[];
  /** Those of what the user divided. */
  readonly outer: Int8Array;
  /** The file with all folds. */
  readonly file: string;
  /** Writes it; not before it is known that the directory is of this study. */
  readonly write: () => void;
  /** The configuration, divided by these folds. */
  readonly config: LoadedConfig;
  /** As the user divided. */
  readonly split: SplitConfig;
}

/** A fifth of what a fold could train on: what its model is stopped and calibrated by. */
const VALIDATION = 0.2;
/** Of the rows before the test span, those before the first stretch that trials are scored by. */
const FIRST = 0.5;

/**
 * Divides the training and validation rows of the splits into folds, the same for the same rows.
 * @throws {MinotaurError} where there is no test span behind them, or a fold lacks rows or one of the two classes
 */
export async function developmentOf(
  loaded: LoadedConfig,
  files: TuningFiles,
  folds: number,
  out: string,
): Promise<Development> {
  const { config } = loaded;
  const pool = await openPool(files.rows, config);
  const { time, instruments } = pool;
  const facts = { schemaId: pool.parts[0].plan.schema.id, label: config.label, instruments };
  const sequence = config.sequence.length;
  const targets = await readPoolLabels(files.labels, facts, pool);
  const outer = await readFold(files.splits, 0, { ...facts, split: config.split, sequence }, time);
  requireTestBehind(files.splits, outer, time, targets.labelTime);
  const split: SplitConfig = {
    method: 'walkForward',
    folds,
    window: 'expanding',
    train: FIRST,
    validation: VALIDATION,
  };
  const before = targets.labelTime.map((known, i) => (isBefore(outer[i]) ? known : NaN));
  const divided = splitRows(split, { ...pool, labelTime: before }, sequence);
  const whole = wholeSequences(sequenceOf(config.sequence), pool);
  divided.forEach(({ split: codes }, k) => requireClasses(k, codes, binaryLabels(targets.label), whole));
  const file = join(out, 'folds.parquet');
  return {
    pool,
    targets,
    folds: divided.map(({ split: codes }) => codes),
    outer,
    file,
    write: () => writeFolds(file, pool, divided, { ...facts, split, sequence }),
    config: { ...loaded, config: { ...config, split } },
    split: config.split,
  };
}

const [TRAIN, VALIDATE, TEST] = ['train', 'validation', 'test'].map((name) => SPLITS.indexOf(name as 'test'));

const isBefore = (code: number): boolean => code === TRAIN || code === VALIDATE;

/** Refuses splits without a test span that everything else lies before. */
function requireTestBehind(file: string, codes: Int8Array, time: Float64Array, labelTime: Float64Array): void {
  let [known, test] = [-Infinity, Infinity];
  codes.forEach((code, i) => {
    if (isBefore(code) && labelTime[i] > known) known = labelTime[i];
    if (code === TEST && time[i] < test) test = time[i];
  });
  const expected =
    'fold 0 with training rows, and a test behind them that no trial sees: split: { method: chronological }';
  if (known === -Infinity || test === Infinity)
    fail('input', file, expected, test === Infinity ? 'no test rows' : 'no training rows');
  if (known >= test)
    fail('input', file, expected, `labels known at ${formatTime(known)}, a test from ${formatTime(test)}`);
}

/** A score needs both classes, and so do learning and calibration. */
function requireClasses(fold: number, codes: Uint8Array, label: Float64Array, whole: Uint8Array): void {
  for (const code of [TRAIN, VALIDATE, TEST]) {
    const counts = [0, 0];
    codes.forEach((own, i) => {
      if (own === code && whole[i] === 1 && label[i] === label[i]) counts[label[i]]++;
    });
    if (counts[0] > 0 && counts[1] > 0) continue;
    const [none, one] = counts;
    const found = none + one === 0 ? 'none' : `${none + one} rows, all of them ${one > 0 ? 1 : 0}`;
    const name = code === TEST ? 'scored' : SPLITS[code];
    fail('input', `fold ${fold} of the trials, ${name} rows`, 'labels of both classes on whole sequences', found);
  }
}
