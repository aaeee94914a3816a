/** Predictions beside a running chain: rows are taken as they are emitted and predicted before the next block is fed. */
import { join } from 'node:path';
import { fail } from 'minotaur-core/internal/base/errors';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import {
  createPredictor,
  type Prediction,
  type Predictor,
  type PredictorOptions,
} from 'minotaur-core/internal/live/predictor';
import type { Model } from 'minotaur-core/internal/model/port';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';
import { readArtefactOf } from '../../store/artefact.ts';
import {
  createPredictionFile,
  predictionFacts,
  PREDICTIONS,
  type PredictionFile,
  type PredictionReport,
} from '../../store/predictions.ts';

/** Both files of a model in service, or undefined where neither is named. */
export function servedFiles({
  artefact,
  model,
}: {
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
}): { readonly artefact: string; readonly model: string } | undefined {
  if (artefact !== undefined && model !== undefined) return { artefact, model };
  if (artefact === undefined && model === undefined) return undefined;
  const missing = artefact === undefined ? 'artefact' : 'model';
  return fail('config', missing, 'a file: artefact and model go together', 'none');
}

export interface LivePredictions {
  addRows(rows: RowBlock): void;
  /** Predicts the rows taken since the last call. */
  settle(): Promise<void>;
  snapshot(): Uint8Array<ArrayBuffer>;
  /** Completes the file. */
  finish(): PredictionReport;
  abort(): Promise<void>;
}

export interface LivePredictionsInput {
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
  readonly require?: PredictorOptions['require'];
  readonly plan: Plan;
  /** Where the file goes. */
  readonly directory: string;
  /** State of the predictor to go on from. */
  readonly state: Uint8Array | undefined;
  /** Rows that the chain had emitted before. */
  readonly rows: number;
  /** Told of each, with the ordinal of its row. */
  readonly onPrediction?: ((prediction: Prediction, ordinal: number) => void) | undefined;
}

/** Undefined where no model was asked for. */
export async function createLivePredictions(input: LivePredictionsInput): Promise<LivePredictions | undefined> {
  const files = servedFiles(input);
  if (files === undefined) return undefined;
  const artefact = readArtefactOf(input.plan, files.artefact);
  // Loaded where there is a model: most builds have none.
  const { openModelOf } = await import('../../runtime/artefact-model.ts');
  const model = await openModelOf(artefact, files.model);
  const predictor = createPredictor(artefact, model, input);
  if (input.state !== undefined) predictor.restore(input.state);
  const output = createPredictionFile(join(input.directory, PREDICTIONS), predictionFacts(artefact, files.model));
  return running(predictor, model, output, input);
}

function running(
  predictor: Predictor,
  model: Model,
  output: PredictionFile,
  { rows: before, onPrediction = () => {} }: Pick<LivePredictionsInput, 'rows' | 'onPrediction'>,
): LivePredictions {
  let rows: Row[] = [];
  let ordinal = before;
  return {
    addRows: (block) => appendRows(rows, block),
    async settle() {
      if (rows.length === 0) return;
      const taken = rows;
      rows = [];
      const predictions = [];
      for (const row of taken) predictions.push(await predictor.push(row.time, row.values, 0, row));
      output.add(predictions);
      for (const prediction of predictions) onPrediction(prediction, ordinal++);
    },
    snapshot: () => predictor.snapshot(),
    finish() {
      output.commit();
      return output.report();
    },
    async abort() {
      output.abort();
      await model.close();
    },
  };
}
