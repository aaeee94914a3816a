import type { Config } from 'minotaur-core/internal/config/config';

/** What `build` and `replay` are asked to do. */
export interface ChainRunOptions {
  readonly config: Config;
  readonly trades?: readonly string[] | undefined;
  readonly bars?: readonly string[] | undefined;
  readonly out: string;
  /** True: one event at a time, as live. */
  readonly live: boolean;
  /** A state.bin to go on from. */
  readonly from?: string | undefined;
  /** Stop after this many input rows, as if the run had been interrupted there. */
  readonly limit?: number | undefined;
  readonly label: string;
  /** What fit and train wrote: predictions are made while the chain runs. */
  readonly artefact?: string | undefined;
  readonly model?: string | undefined;
  /** Where the run is recorded, as a live session is. */
  readonly journal?: string | undefined;
}
