/** Predictions beside a running chain: rows are taken as they are emitted and predicted before the next block is fed. */
import { join } from 'node:path';
import { fail } from '../core/errors.ts';
import { createPredictor, type Prediction, type Predictor } from '../live/predictor.ts';
import type { Model } from '../model/port.ts';
import type { Plan } from '../pipeline/plan.ts';
import type { RowBlock } from '../rows/align.ts';
import { requireArtefact } from '../transform/artefact.ts';
import type { ChainRunOptions } from './chain-options.ts';
import { openModelOf } from './model-file.ts';
import { readArtefact } from './learning-data.ts';
import {
  createPredictionFile,
  predictionFacts,
  type PredictionFile,
  type PredictionReport,
} from './prediction-file.ts';
import { ENGINE_VERSION } from './version.ts';

export interface LivePredictions {
  addRows(rows: RowBlock): void;
  /** Predicts the rows taken since the last call. */
  settle(): Promise<void>;
  snapshot(): Uint8Array<ArrayBuffer>;
  /** Completes the file. */
  finish(): PredictionReport;
  abort(): Promise<void>;
}

interface Row {
  readonly time: number;
  readonly values: Float64Array;
  readonly ready: boolean;
}

/** Undefined where no model was asked for. */
export async function createLivePredictions(
  { artefact: file, model: path }: ChainRunOptions,
  plan: Plan,
  directory: string,
  state: Uint8Array | undefined,
  onPrediction?: (prediction: Prediction) => void,
): Promise<LivePredictions | undefined> {
  if (file === undefined && path === undefined) return undefined;
  if (file === undefined || path === undefined) {
    const missing = file === undefined ? '--artefact' : '--model';
    fail('config', missing, 'a file: --artefact and --model go together', 'none');
  }
  const artefact = readArtefact(file);
  const { schema, columns } = plan;
  requireArtefact(artefact, { schemaId: schema.id, columns, engineVersion: ENGINE_VERSION }, file);
  const model = await openModelOf(artefact, path);
  const predictor = createPredictor(artefact, model);
  if (state !== undefined) predictor.restore(state);
  const output = createPredictionFile(join(directory, 'predictions.parquet'), predictionFacts(artefact, path));
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
    addRows({ count, width, time, values, ready }) {
      for (let r = 0; r < count; r++)
        rows.push({ time: time[r], values: values.slice(r * width, (r + 1) * width), ready: ready[r] === 1 });
    },
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
