/**
 * Whether a session did what its own events give: every row, prediction, snapshot and refusal of a journal against a rebuild
 * in large blocks. Both sides had the same trades, so what differs here is code.
 */
import { formatTime } from 'minotaur-core/internal/base/time';
import { createPredictor, type Prediction, type Predictor } from 'minotaur-core/internal/live/predictor';
import type { EmittedRow, FoundGap, JournalRecord, RecordedState, Refusal } from 'minotaur-core/internal/live/record';
import type { Model } from 'minotaur-core/internal/model/port';
import type { Artefact } from 'minotaur-core/internal/artefact/artefact';
import {
  createTally,
  digestDifference,
  pairByTime,
  predictionDifference,
  rowDivergence,
  stateDifference,
  type Place,
  type Tally,
} from './shadow-difference.ts';
import { createFeeder, type Feeder, type RebuiltRow } from './shadow-feeder.ts';
import { recoveryDifference } from './shadow-recovery.ts';
import { compareGaps } from './shadow-gaps.ts';
import { createRowNames, type RowNames } from './shadow-names.ts';
import type { MakeEngine } from '../harness/sides.ts';

/** A record of a journal and where it stands there. */
export interface ShadowEntry extends Place {
  readonly record: JournalRecord;
}

export interface ShadowModel {
  readonly artefact: Artefact;
  readonly model: Model;
}

type FoundRow = EmittedRow & Place & { push: number };
type FoundPrediction = Prediction & Place;

/** What predicted from the start with this number on, counted from 0; -1: before the first of them. */
export type ShadowModels = (start: number) => ShadowModel | undefined;

/** A rebuild under way: what both sides have emitted and what was not compared yet. */
interface Rebuild {
  readonly tally: Tally;
  readonly feeder: Feeder;
  predictor: Predictor | undefined;
  /** Begins with every start anew: another model may have taken over. */
  readonly predictorOf: (start: number) => Predictor | undefined;
  /** Number of the newest start, from 0; -1: none yet. */
  starts: number;
  readonly history: RebuiltRow[];
  readonly rows: FoundRow[];
  readonly expected: Prediction[];
  readonly predictions: FoundPrediction[];
  /** Gaps on record that were not compared yet. */
  readonly gaps: (FoundGap & Place)[];
  readonly names: RowNames;
  /** Place of the newest record. */
  at: Place;
  running: boolean;
  /** Rows that the session has emitted, over all. */
  ordinal: number;
  /** Why the session refused its newest event. */
  refused: string | undefined;
  /** Rows [0, placed) of `rows` belong to pushes that have been made. */
  placed: number;
}

interface Begins {
  readonly state: RecordedState | undefined;
  readonly rows: number;
  readonly epoch?: number;
}

/** A row of the session whose push has not been rebuilt yet. */
const UNPLACED = -1;

/** Compares a journal with what its own events give, to its end. */
export async function compareWithRebuild(
  entries: Iterable<ShadowEntry>,
  make: MakeEngine,
  models: ShadowModels | undefined,
  onProgress: (events: number) => void | Promise<void> = () => {},
): Promise<Tally> {
  const tally = createTally();
  const predictorOf = (start: number): Predictor | undefined => {
    const by = models?.(start);
    return by && createPredictor(by.artefact, by.model);
  };
  const rebuild: Rebuild = {
    tally,
    feeder: createFeeder(make, (message) => refusalDiffers(rebuild, undefined, message)),
    predictor: undefined,
    predictorOf,
    starts: -1,
    history: [],
    rows: [],
    expected: [],
    predictions: [],
    gaps: [],
    names: createRowNames(),
    at: { segment: '', byte: 0 },
    running: false,
    ordinal: 0,
    refused: undefined,
    placed: 0,
  };
  for (const entry of entries) {
    const { events } = tally.counts;
    rebuild.at = entry;
    await take(rebuild, entry);
    if (tally.counts.events !== events && tally.counts.events % 4096 === 0) await onProgress(4096);
  }
  await end(rebuild, true);
  return tally;
}

async function take(rebuild: Rebuild, { record, segment, byte }: ShadowEntry): Promise<void> {
  const { tally, feeder, running } = rebuild;
  // The oldest segments may have been put away: any state will do to begin with.
  if (!running && record.kind !== 'start' && record.kind !== 'snapshot') {
    tally.counts.skipped++;
    return;
  }
  switch (record.kind) {
    case 'start': {
      const cut = rebuild.running;
      await end(rebuild, true);
      if (cut && record.state?.recovered === true) checkRecovery(rebuild, record, record.state);
      rebuild.starts++;
      return begin(rebuild, record);
    }
    case 'trade':
      await beforeEvent(rebuild);
      tally.counts.trades++;
      return feeder.trade(record);
    case 'bar':
    case 'hole':
    case 'advance':
    case 'release':
    case 'series':
      await beforeEvent(rebuild);
      if (record.kind === 'hole') tally.counts.holes++;
      if (record.kind === 'release') tally.counts.releases++;
      return feeder.other(record);
    case 'gap':
      tally.counts.holes++;
      rebuild.gaps.push({ ...record, segment, byte });
      return;
    case 'refused':
      return takeRefusal(rebuild, record);
    case 'row':
      if (rebuild.names.isTaken(feeder.engine.epoch(), record)) renamed(rebuild, record, { segment, byte });
      rebuild.rows.push({ ...record, segment, byte, push: UNPLACED });
      return;
    case 'prediction':
      if (rebuild.predictor) rebuild.predictions.push({ ...record.prediction, segment, byte });
      else tally.counts.predictionsNotCompared++;
      return;
    case 'snapshot':
      return running ? compareStates(rebuild, record.state) : begin(rebuild, record);
    case 'epoch':
    case 'note':
      return;
    case 'stop':
      return end(rebuild, false);
  }
}

function checkRecovery({ tally, feeder, names, at }: Rebuild, { rows }: Begins, state: RecordedState): void {
  const message = recoveryDifference(state, rows, feeder, names);
  if (message !== undefined) tally.add('snapshot', 'snapshotsDiffer', at, message);
}

/** A session begins with a state of any epoch, a start in that which it says. */
function begin(rebuild: Rebuild, { state, rows, epoch }: Begins): void {
  const { feeder, tally } = rebuild;
  feeder.start(epoch, state, rows);
  rebuild.predictor = rebuild.predictorOf(rebuild.starts);
  if (rebuild.predictor && state?.predictor) rebuild.predictor.restore(state.predictor);
  rebuild.running = true;
  tally.counts.sessions++;
}

/** What is refused is data: it was not used. What never was an event has nothing to be compared with. */
function takeRefusal(rebuild: Rebuild, { row, message }: Refusal): void {
  const isEvent = row === row;
  rebuild.tally.counts[isEvent ? 'refused' : 'noEvents']++;
  if (isEvent) rebuild.refused = message;
}

/** Where the session emitted or refused something after the event before, the rebuild is cut there. */
async function beforeEvent(rebuild: Rebuild): Promise<void> {
  if (rebuild.rows.length > rebuild.placed || rebuild.refused !== undefined) await settle(rebuild, false);
  rebuild.tally.counts.events++;
}

/** Pushes what is held and compares what both sides have emitted. `cut`: the record ends here, maybe in the middle. */
async function settle(rebuild: Rebuild, cut: boolean): Promise<void> {
  const { feeder, history, rows, predictor, refused } = rebuild;
  const message = feeder.settle(cut);
  const newest = feeder.push;
  for (const row of rows) if (row.push === UNPLACED) row.push = newest;
  if ((message === undefined) !== (refused === undefined) && !cut) refusalDiffers(rebuild, refused, message);
  rebuild.refused = undefined;
  const emitted = feeder.rows.splice(0);
  history.push(...emitted);
  for (const row of emitted) {
    const { push, time, values } = row;
    // Rows of a block that was refused further on are out, but a session predicts nothing of such a block.
    if (predictor === undefined || (refused !== undefined && push === newest)) continue;
    rebuild.expected.push(await predictor.push(time, values, 0, row));
  }
  pairByTime(history, rows, (expected, found) => compareRows(rebuild, expected, found), false);
  compareGaps(rebuild, cut ? newest : Infinity);
  rebuild.placed = rows.length;
  // What the last event gave may have been on its way when the record was cut off.
  if (cut) history.splice(0, Infinity, ...history.filter((row) => row.push < newest));
}

async function end(rebuild: Rebuild, cut: boolean): Promise<void> {
  const { tally, history, rows, predictor, expected, predictions } = rebuild;
  if (!rebuild.running) return;
  await settle(rebuild, cut);
  pairByTime(history, rows, (row, found) => compareRows(rebuild, row, found), true);
  if (predictor) {
    const compare = comparePrediction(rebuild);
    pairByTime(expected, predictions, compare, false);
    // Nor has a crash to leave the predictions of rows that it left; and not every recorded chain predicts.
    if (cut || tally.counts.predictions === 0) expected.length = 0;
    pairByTime(expected, predictions, compare, true);
  }
  rebuild.placed = 0;
  rebuild.running = false;
  if (cut) tally.counts.cutSessions++;
}

function compareRows(rebuild: Rebuild, expected: RebuiltRow | undefined, found: FoundRow | undefined): void {
  const { tally, feeder, at } = rebuild;
  if (found === undefined) {
    const { time, trade } = expected as RebuiltRow;
    const message = `trade ${trade} completes a row, at ${formatTime(time)}, that the session did not emit`;
    return tally.add('row', 'rowsMissing', at, message);
  }
  const row = rebuild.ordinal++;
  if (expected === undefined) {
    const message = `the session emitted row ${row}, at ${formatTime(found.time)}, that history does not have`;
    return tally.add('row', 'rowsExtra', found, message);
  }
  const { columns } = feeder.engine;
  tally.counts.rows++;
  tally.counts.values += columns.length;
  const divergence = rowDivergence(expected, found, columns, row);
  if (divergence) return tally.add('row', 'rowsDiffer', found, `row ${row} has other bits`, divergence);
  if (expected.push === found.push) return;
  const message = `row ${row} came after another event than trade ${expected.trade}, which completes it`;
  tally.add('row', 'rowsMisplaced', found, message);
}

function comparePrediction({ tally, at }: Rebuild) {
  return (expected: Prediction | undefined, found: FoundPrediction | undefined): void => {
    if (expected !== undefined && found !== undefined) {
      tally.counts.predictions++;
      const message = predictionDifference(expected, found);
      if (message !== undefined) tally.add('prediction', 'predictionsDiffer', found, message);
      return;
    }
    const time = formatTime(expected?.time ?? found?.time ?? NaN);
    const message = found ? `of a row that history does not have` : `that the session did not make`;
    tally.add('prediction', 'predictionsDiffer', found ?? at, `a prediction ${message}, at ${time}`);
  };
}

async function compareStates(rebuild: Rebuild, state: RecordedState): Promise<void> {
  const { tally, feeder, predictor, at } = rebuild;
  await settle(rebuild, false);
  tally.counts.snapshots++;
  const engine =
    stateDifference('engine', feeder.engine.snapshot(), state.engine) ??
    digestDifference(feeder.digest(), state.digest);
  const beside = predictor && state.predictor && stateDifference('predictor', predictor.snapshot(), state.predictor);
  const message = engine ?? beside;
  if (message !== undefined) tally.add('snapshot', 'snapshotsDiffer', at, message);
}

function renamed({ tally, feeder }: Rebuild, { ordinal, time }: EmittedRow, at: Place): void {
  const name = `row ${ordinal} of epoch ${feeder.engine.epoch()}, at ${formatTime(time)},`;
  const message = `${name} is another than the one on record: another history begins a new epoch`;
  tally.add('row', 'rowsRenamed', at, message);
}

function refusalDiffers({ tally, at }: Rebuild, session: string | undefined, history: string | undefined): void {
  const who =
    session === undefined
      ? 'history refuses an event that the session took'
      : 'the session refused an event that history takes';
  tally.add('refusal', 'refusalsDiffer', at, `${who}: ${session ?? history}`);
}
