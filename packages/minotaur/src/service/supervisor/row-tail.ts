/** The newest rows of a chain: what a model that takes another's place looks back at. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createPredictor, type PredictorOptions } from 'minotaur-core/internal/live/predictor';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import type { Model } from 'minotaur-core/internal/model/port';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';

/** So many are remembered. */
export const REMEMBERED = 1024;

export interface RowTail {
  add(rows: RowBlock): void;
  /** Rows that went out before; the newest last. */
  fill(rows: readonly Row[]): void;
  /** The newest of them. */
  newest(count: number): readonly Row[];
}

export function createRowTail(): RowTail {
  let rows: Row[] = [];
  const trim = (): void => {
    if (rows.length > 2 * REMEMBERED) rows = rows.slice(-REMEMBERED);
  };
  return {
    add(block) {
      appendRows(rows, block);
      trim();
    },
    fill(older) {
      rows = [...older];
      trim();
    },
    newest: (count) => rows.slice(-Math.min(count, REMEMBERED)),
  };
}

/**
 * The state of a predictor that has seen the newest rows: its next row is predicted, where the one before was predictable.
 * @throws {MinotaurError} of kind `state` for a sequence that is longer than what is remembered of so many rows
 */
export async function predictorBehind(
  artefact: Artefact,
  model: Model,
  { require }: PredictorOptions,
  { tail, rows }: { readonly tail: RowTail; readonly rows: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const { length } = artefact.sequence;
  const seen = tail.newest(length);
  if (seen.length < Math.min(length, rows))
    fail('state', 'model', `a sequence of at most ${seen.length} rows, of which so many are remembered`, `${length}`);
  const predictor = createPredictor(artefact, model, { require });
  for (const row of seen) await predictor.push(row.time, row.values, 0, row);
  return predictor.snapshot();
}
