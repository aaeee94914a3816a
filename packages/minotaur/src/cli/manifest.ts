/** `manifest.json`: what a run was of, and what came of it. */
import type { EngineCounts } from 'minotaur-core/internal/chain/contract';
import type { InputFile } from './inputs.ts';
import type { PredictionReport } from './prediction-file.ts';
import type { WarmupReport } from './warmup.ts';

export interface Manifest {
  readonly schemaId: string;
  readonly engineVersion: string;
  readonly config: unknown;
  readonly inputs: readonly InputFile[];
  /** `readyRows`: rows at which every clock was warm. */
  readonly counts: EngineCounts & { readonly readyRows: number };
  readonly warmup: WarmupReport;
  readonly columns: readonly string[];
  readonly digest: string;
  /** Where a model was attached. */
  readonly predictions?: PredictionReport;
  readonly seconds: number;
  readonly peakRssBytes: number;
}
