/** Something learned, for the self-test: rows of a chain, labels, a split, an artefact fitted on them and a model in service. */
import { exp, sin } from 'minotaur-core/internal/base/elementary/index';
import { binaryLabels } from 'minotaur-core/internal/labels/binary';
import { createLabeller, type Labels } from 'minotaur-core/internal/labels/labels';
import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { scoresOf } from 'minotaur-core/internal/model/evaluation/scores';
import { splitRows, type SPLITS } from 'minotaur-core/internal/splits/splits';
import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { learnDecision } from 'minotaur-core/internal/artefact/decision';
import type { Model } from 'minotaur-core/internal/model/port';
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';
import { withInstrument, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { sequenceOf } from 'minotaur-core/internal/transform/sequence-section';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { decide, UNKNOWN_IMPORTANCES, type Artefact } from 'minotaur-core/internal/artefact/artefact';
import { joined, wholeSequences } from '../../store/pool.ts';
import type { LearnedRows, Serving } from '../harness/learned.ts';

export interface Learned {
  readonly learned: LearnedRows;
  readonly serving: Serving;
}

const MODEL = 'self-test';

/** Logistic, with weights that favour no feature: no file, no other runtime. */
function toyModel(): Model {
  return {
    reads: 'a model of the self-test',
    predict(input) {
      let sum = 0;
      for (let k = 0; k < input.length; k++) sum += sin(k + 1) * input[k];
      return Promise.resolve(1 / (1 + exp(-sum / Math.sqrt(input.length))));
    },
    close: () => Promise.resolve(),
  };
}

/**
 * Learns from the trades of one instrument, or of several.
 * @throws MinotaurError where the trades are too few for a split
 */
export async function learnFrom(input: ConfigInput, markets: readonly TradeBlock[]): Promise<Learned> {
  const config = parseConfig(input);
  const all = markets.map((trades, k) => {
    return rowsOfMarket(markets.length === 1 ? config : withInstrument(config, `MARKET${k}`), trades);
  });
  let to = 0;
  const parts = all.map((rows, k) => {
    const from = to;
    to += rows.time.length;
    return { ...rows, symbol: `MARKET${k}`, venue: null, from, to };
  });
  const [{ columns, schemaId }] = all;
  const time = joined(all.map((rows) => rows.time));
  const usable = joined(all.map((rows) => rows.ready));
  const labelTime = joined(all.map((rows) => rows.labelTime));
  const values = (column: number): Float64Array => joined(all.map((rows) => rows.values(column)));
  const { sequence, split: settings } = config;
  const [{ split }] = splitRows(settings, { time, parts, labelTime, ready: usable }, sequence.length);
  const learned: Omit<LearnedRows, 'artefact' | 'probability'> = {
    config,
    schemaId,
    instruments: all.flatMap(({ instruments }) => instruments),
    columns,
    price: columns.find((name) => name.startsWith('close')),
    time,
    parts,
    usable,
    whole: wholeSequences(sequenceOf(sequence), { parts }),
    label: binaryLabels(joined(all.map((rows) => rows.label))),
    labelTime,
    codes: Int8Array.from(split),
    eachColumn: async (names, use) => {
      for (const [k, name] of names.entries()) await use(name, values(columns.indexOf(name)), k);
    },
    fit: fitArtefact,
  };
  const fitted = await fitArtefact(learned);
  const probabilities: Float64Array[] = [];
  for (const rows of all) probabilities.push(await probabilitiesOf(fitted, rows));
  const probability = joined(probabilities);
  const artefact = decideOn('validation', { ...learned, artefact: fitted, probability });
  const serving: Serving = {
    artefact,
    openModel: () => Promise.resolve(toyModel()),
    historical: createPredictor,
    live: createPredictor,
  };
  return { learned: { ...learned, artefact, probability }, serving };
}

/** Rows of one instrument and their labels. */
function rowsOfMarket(config: Config, trades: TradeBlock): Rows & Pick<Labels, 'label' | 'labelTime'> {
  const rows = collectRows(config, trades);
  const { time, ready, columns, values } = rows;
  const close = values(columns.findIndex((name) => name.startsWith('close')));
  const labeller = createLabeller(config.label, { time, close, ready });
  labeller.addTrades(trades);
  const { label, labelTime } = labeller.finish();
  return { ...rows, label, labelTime };
}

/** The artefact with calibration and threshold as the rows of one split teach them. */
export function decideOn(name: (typeof SPLITS)[number], rows: LearnedRows): Artefact {
  const { config, codes, label, artefact } = rows;
  const { scores, labels } = scoresOf(name, codes, label, rows.probability ?? label);
  const { calibration, threshold } = learnDecision(config.model, config.label, scores, labels);
  const { decision: _, ...fitted } = artefact;
  return decide(fitted, { model: MODEL, calibration, threshold, importances: UNKNOWN_IMPORTANCES });
}

interface Rows {
  readonly time: Float64Array;
  readonly ready: Float64Array;
  readonly columns: readonly string[];
  readonly schemaId: string;
  readonly instruments: readonly Instrument[];
  readonly values: (column: number) => Float64Array;
}

function collectRows(config: Config, trades: TradeBlock): Rows {
  const found: Row[] = [];
  const engine = createEngine(config, { onRows: (block) => appendRows(found, block) });
  engine.push(trades);
  return {
    time: Float64Array.from(found, (row) => row.time),
    ready: Float64Array.from(found, (row) => Number(row.ready)),
    columns: engine.columns,
    schemaId: engine.schema.id,
    instruments: engine.plan.instruments,
    values: (column) => Float64Array.from(found, (row) => row.values[column]),
  };
}

async function probabilitiesOf(artefact: Artefact, { time, ready, columns, values }: Rows): Promise<Float64Array> {
  const predictor = createPredictor(artefact, toyModel());
  const all = columns.map((_, c) => values(c));
  const found = new Float64Array(time.length);
  for (let i = 0; i < found.length; i++) {
    const row = Float64Array.from(all, (column) => column[i]);
    found[i] = (await predictor.push(time[i], row, 0, { ready: ready[i] === 1, complete: true })).probability;
  }
  return found;
}
