/**
 * Minotaur as a library: one chain of state machines from trades to feature rows, the same for history and live.
 *
 *     const engine = createEngine('minotaur', { onRows: (rows) => use(rows) });
 *     engine.push(block);   // history: many trades
 *     engine.push(trade);   // live: one
 *
 * A live session that leaves a journal, which `minotaur verify --journal` holds against history:
 *
 *     const journal = createJournal('journal/BTCUSDT');
 *     const session = recordSession(journal, (sinks) =>
 *       createSession({ engine: (ears) => createEngine(config, ears), artefact, model, sinks }));
 *     await session.push(trade, { arrival: receivedAt });   // microseconds, by your feed's clock
 */
export { createEngine, planOf, restoreEngine } from './config/engine.ts';
export type { ChainDescription } from './config/engine.ts';
export type {
  BarFacts,
  BarRows,
  Described,
  Engine,
  EngineCounts,
  EngineOptions,
  EngineSinks,
  EventFacts,
  Feed,
  Hole,
  LastEvent,
  Stateful,
} from './chain/contract.ts';
export { portableHashing } from './base/bytes/hashing.ts';
export type { Hashing } from './base/bytes/hashing.ts';
export type { Sha256 } from './base/bytes/sha256.ts';
export { parseConfig } from './config/config.ts';
export { configJsonSchema, configSchema } from './config/schema.ts';
export type { Config, ConfigInput } from './config/config.ts';
export type { ClockPlan, Plan } from './chain/plan.ts';
export { createLabeller, BARRIERS } from './labels/labels.ts';
export type { LabelCounts, Labeller, LabelRows, Labels } from './labels/labels.ts';
export { splitRows, SPLITS } from './splits/splits.ts';
export type { Fold, FoldCounts, SplitRows } from './splits/splits.ts';
export type { RowsPlan } from './chain/row-plan.ts';
export type { RowsWarmup, Warmup } from './chain/warmup.ts';
export { presets } from './config/presets.ts';
export type { RowBlock, RowSink } from './rows/align.ts';
export type { RowFlags } from './rows/row.ts';
export { createTradeBlock, setTrade, sliceTrades } from './trades/trade.ts';
export type { Trade, TradeBlock } from './trades/trade.ts';
export type { Arrival, Handling, IntakeCounts, IntakePolicy, Notice, Problem } from './trades/intake.ts';
export { createInstrument } from './trades/instrument.ts';
export type { Instrument, InstrumentInput } from './trades/instrument.ts';
export { idAt, idText, setId } from './trades/id.ts';
export type { TradeId } from './trades/id.ts';
export type { Contract, IdKind, SideMeaning, SideWords, VenueDefaults, VenueProfile } from './trades/venues/profile.ts';
export { BAR_COLUMNS, BAR_FEATURES } from './bars/bar.ts';
export type { BarColumn } from './bars/bar.ts';
export type { GivenBar } from './bars/given.ts';
export { composite, fadingMemory, operator, period } from './features/contract/operator.ts';
export type {
  CompositeOperator,
  Memory,
  NanPolicy,
  Operator,
  OperatorIO,
  ParameterSpec,
  PrimitiveOperator,
} from './features/contract/operator.ts';
export { WINDOW_SUM_SLOTS, windowSum } from './base/window.ts';
export {
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  expm1,
  log,
  log10,
  log1p,
  sin,
  sinh,
  tan,
  tanh,
} from './base/elementary/index.ts';
export { exactSum } from './base/exact.ts';
export { catalogue } from './features/catalogue.ts';
export { apply, column, feature, ops, output, range } from './features/builder.ts';
export type { Instruction } from './features/contract/instruction.ts';
export type { Expression, Feature } from './features/contract/expression.ts';
export { parseFeature } from './features/contract/expression.ts';
export { bitsOf, canonicalise, sameBits } from './base/canonical.ts';
export { MinotaurError } from './base/errors.ts';
export type { ErrorFacts, ErrorKind } from './base/errors.ts';
export type { Schema } from './base/schema.ts';
export { createSession } from './live/session.ts';
export type { Session, SessionOptions, SessionState } from './live/session.ts';
export { recordEngine, recordSession } from './live/recording.ts';
export type { BesideEngine, RecordedEngine, RecordedSession, Stoppable } from './live/recording.ts';
export type {
  EmittedRow,
  EpochNote,
  FoundGap,
  JournalRecord,
  Origin,
  Received,
  ReceivedBar,
  ReceivedHole,
  ReceivedSeries,
  ReceivedRelease,
  ReceivedTrade,
  RecordedEvent,
  RecordedStart,
  RecordedState,
  Recorder,
  Refusal,
  SeriesValue,
  SingleEvent,
  Watermark,
} from './live/record.ts';
export { createPredictor, transformOf } from './live/predictor.ts';
export type { Prediction, Predictor, PredictorOptions } from './live/predictor.ts';
export { createArtefact, decodeArtefact, encodeArtefact, requireArtefact } from './artefact/artefact.ts';
export type { Artefact, Decision, Fitted, Importance, Importances, TrainedInstrument } from './artefact/artefact.ts';
export type { Calibration, IsotonicCalibration, PlattCalibration } from './model/calibrate.ts';
export type { Threshold } from './model/threshold.ts';
export { learnColumn } from './transform/column.ts';
export type { LearnedColumn } from './transform/column.ts';
export { createTransform } from './transform/transform.ts';
export type { Transform } from './transform/transform.ts';
export type { ColumnSpec, ScaleName } from './transform/spec.ts';
export { createSequencer, sequenceSlots } from './transform/sequence.ts';
export type { Sequencer } from './transform/sequence.ts';
export { ENGINE_VERSION } from './base/version.ts';
export type { Model, ModelExpectation } from './model/port.ts';
