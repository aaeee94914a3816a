/** What was learned from rows, as its checks see it. Each part can be replaced, so that a fault can stand in its place. */
import type { InstrumentPart } from 'minotaur-core/internal/splits/parts';
import type { EachColumn, FitInput } from 'minotaur-core/internal/artefact/fit';
import type { Predictor } from 'minotaur-core/internal/live/predictor';
import type { Model } from 'minotaur-core/internal/model/port';
import type { Config } from 'minotaur-core/internal/config/config';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';

/** The rows that an artefact was fitted on, those that its model is judged by, and the fit. */
export interface LearnedRows {
  /** The chain that made the rows. */
  readonly config: Config;
  /** Of the rows. */
  readonly schemaId: string;
  /** That the artefact is for. */
  readonly instruments: Artefact['instruments'];
  /** Of a row, in order. */
  readonly columns: readonly string[];
  /** The column with the close of the driving clock. */
  readonly price?: string | undefined;
  /** Microseconds; never falls within an instrument. */
  readonly time: Float64Array;
  /** The rows of each instrument. */
  readonly parts: readonly InstrumentPart[];
  /** 1 where a row is ready and complete; undefined: all are. */
  readonly usable: Float64Array | undefined;
  /** 1 for each row that ends a whole sequence, as a model is trained on them. */
  readonly whole: Uint8Array;
  /** 1 or 0; NaN: none. */
  readonly label: Float64Array;
  /** When the label became known, microseconds; NaN: no label. */
  readonly labelTime: Float64Array;
  /** Split code of each row. */
  readonly codes: Int8Array;
  /** Goes through the columns of the rows, one after the other. */
  readonly eachColumn: EachColumn;
  /** What is checked. */
  readonly artefact: Artefact;
  /** Learns an artefact of rows and labels. */
  readonly fit: (input: FitInput) => Promise<Artefact>;
  /** What the model said of each row, before calibration; NaN: nothing. Absent: the decision is not checked. */
  readonly probability?: Float64Array;
}

/** A model in service: the artefact, and how history and live make predictions of rows. */
export interface Serving {
  /** What the model belongs to. */
  readonly artefact: Artefact;
  /** Opens the model; each side has one of its own. */
  readonly openModel: () => Promise<Model>;
  /** As `predict` makes them. */
  readonly historical: (artefact: Artefact, model: Model) => Predictor;
  /** As a live session makes them. */
  readonly live: (artefact: Artefact, model: Model) => Predictor;
}
