/** Predictions beside a running chain: rows are taken as they are emitted and predicted before the next block is fed. */
import { join } from 'node:path';
import { createPredictor, type Prediction, type Predictor } from 'minotaur-core/internal/live/predictor';
import type { Model } from 'minotaur-core/internal/model/port';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { RowBlock } from 'minotaur-core/internal/rows/align';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';
import type { ChainRunOptions } from './chain-options.ts';
import { openModelOf } from './model-file.ts';
import { readServedArtefact, servedFiles } from './served-model.ts';
import {
  createPredictionFile,
  predictionFacts,
  type PredictionFile,
  type PredictionReport,
} from './prediction-file.ts';

export interface LivePredictions {
  addRows(rows: RowBlock): void;
  /** Predicts the rows taken since the last call. */
  settle(): Promise<void>;
  snapshot(): Uint8Array<ArrayBuffer>;
  /** Completes the file. */
  finish(): PredictionReport;
  abort(): Promise<void>;
}

/** Undefined where no model was asked for. */
export async function createLivePredictions(
  options: ChainRunOptions,
  plan: Plan,
  directory: string,
  state: Uint8Array | undefined,
  onPrediction?: (prediction: Prediction) => void,
): Promise<LivePredictions | undefined> {
  const files = servedFiles(options);
  if (files === undefined) return undefined;
  const artefact = readServedArtefact(files.artefact, plan);
  const model = await openModelOf(artefact, files.model);
  const predictor = createPredictor(artefact, model);
  if (state !== undefined) predictor.restore(state);
  const output = createPredictionFile(join(directory, 'predictions.parquet'), predictionFacts(artefact, files.model));
  return running(predictor, model, output, onPrediction);
}

function running(
  predictor: Predictor,
  model: Model,
  output: PredictionFile,
  onPrediction: (prediction: Prediction) => void = () => {},
): LivePredictions {
  let rows: Row[] = [];
  return {
    addRows: (block) => appendRows(rows, block),
    async settle() {
      if (rows.length === 0) return;
      const taken = rows;
      rows = [];
      const predictions = [];
      for (const { time, values, ready } of taken) predictions.push(await predictor.push(time, values, 0, ready));
      output.add(predictions);
      predictions.forEach(onPrediction);
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
