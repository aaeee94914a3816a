/** Something learned, for the self-test: rows of a chain, labels, a split, an artefact fitted on them and a model in service. */
import { exp, sin } from 'minotaur-core/internal/base/elementary/index';
import { binaryLabels } from 'minotaur-core/internal/labels/binary';
import { createLabeller } from 'minotaur-core/internal/labels/labels';
import { fitArtefact } from 'minotaur-core/internal/artefact/fit';
import { scoresOf } from 'minotaur-core/internal/model/scores';
import { splitRows, type SPLITS } from 'minotaur-core/internal/splits/splits';
import { createPredictor } from 'minotaur-core/internal/live/predictor';
import { learnDecision } from 'minotaur-core/internal/artefact/decision';
import type { Model } from 'minotaur-core/internal/model/port';
import { parseConfig, type Config, type ConfigInput } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../node/engine.ts';
import { appendRows, type Row } from 'minotaur-core/internal/rows/row';
import type { TradeBlock } from 'minotaur-core/internal/trades/trade';
import { decide, UNKNOWN_IMPORTANCES, type Artefact } from 'minotaur-core/internal/artefact/artefact';
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

/** @throws MinotaurError where the trades are too few for a split */
export async function learnFrom(input: ConfigInput, trades: TradeBlock): Promise<Learned> {
  const config = parseConfig(input);
  const rows = collectRows(config, trades);
  const { time, ready, columns, schemaId, instruments, values } = rows;
  const close = values(columns.findIndex((name) => name.startsWith('close')));
  const labeller = createLabeller(config.label, { time, close, ready });
  labeller.addTrades(trades);
  const { label, labelTime } = labeller.finish();
  const [{ split }] = splitRows(config.split, { time, labelTime, ready }, config.sequence.length);
  const learned: Omit<LearnedRows, 'artefact' | 'probability'> = {
    config,
    schemaId,
    instruments,
    columns,
    time,
    label: binaryLabels(label),
    labelTime,
    codes: Int8Array.from(split),
    eachColumn: (names, use) =>
      Promise.resolve(names.forEach((name, k) => use(name, values(columns.indexOf(name)), k))),
    fit: fitArtefact,
  };
  const fitted = await fitArtefact(learned);
  const probability = await probabilitiesOf(fitted, rows);
  const artefact = decideOn('validation', { ...learned, artefact: fitted, probability });
  const serving: Serving = {
    artefact,
    openModel: () => Promise.resolve(toyModel()),
    historical: createPredictor,
    live: createPredictor,
  };
  return { learned: { ...learned, artefact, probability }, serving };
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
  readonly instruments: Artefact['instruments'];
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
