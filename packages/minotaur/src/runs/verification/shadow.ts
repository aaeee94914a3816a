/** `verify --journal`: what a live session recorded, against history and against the venue's trades. */
import { flag, optionsOf, requireKind, textual } from 'minotaur-core/internal/base/options';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseIso } from 'minotaur-core/internal/base/texts';
import type { Config } from 'minotaur-core/internal/config/config';
import { createSchema, requireSameSchema } from 'minotaur-core/internal/base/schema';
import { MICROS_PER_DAY } from 'minotaur-core/internal/base/time';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { instrumentsOf, MICROS_OF_UNIT, type Instrument } from 'minotaur-core/internal/trades/instrument';
import { copyTrade, createTradeBlock, withRoom, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { fileLists } from '../chain/run-files.ts';
import { configArgument } from '../../files/config-file.ts';
import { createEngine } from '../../node/engine.ts';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import { recordsOf, type Span } from '../../journal/interval.ts';
import type { TornTail } from '../../journal/raw-records.ts';
import { openJournal, type JournalEntry } from '../../journal/reader.ts';
import { describeAmounts } from '../../verify/harness/check.ts';
import type { MakeEngine } from '../../verify/harness/sides.ts';
import type { VenueTrades } from '../../verify/shadow/shadow-holes.ts';
import { collectReceived, spanOf, type Received } from '../../verify/shadow/shadow-received.ts';
import { shadow as compareJournal, type ShadowResult } from '../../verify/shadow/shadow.ts';
import { tradeFiles, type Files } from '../chain/run-files.ts';
import { settleLoaded } from '../chain/settle.ts';
import { settleWith } from '../chain/settled.ts';
import { beginRun, checkpoint, createCourse, type RunOptions, RUN } from '../course/options.ts';
import { recordedConfig } from './recorded-config.ts';
import { openShadowModels } from './shadow-models.ts';

/** What `shadow` takes. */
export interface ShadowOptions extends RunOptions {
  /** Directory with what a live session recorded. */
  readonly journal: string;
  /** The venue's trades: files and globs, by instrument where there are several. Absent: only code is compared, not data. */
  readonly trades?: Files | undefined;
  /** What the trades are of, where neither the configuration nor the files are to say it. */
  readonly instrument?: string | undefined;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: boolean | undefined;
  /** Of the session. Absent: the one that the journal holds, which cannot be where it has operators of its own. */
  readonly config?: ConfigArgument | undefined;
  /** What fit and train wrote, of a session that predicted. With `model`. */
  readonly artefact?: string | undefined;
  /** The model of the session, .onnx. With `artefact`. */
  readonly model?: string | undefined;
  /** Only from this day or time on, as 2024-08-08 or 2024-08-08T12:00:00Z: from the newest state on record before it. */
  readonly from?: string | undefined;
  /** Only up to this day, all of it, or up to this time. */
  readonly to?: string | undefined;
}

const SHADOW = optionsOf<ShadowOptions>(
  { journal: textual },
  {
    ...RUN,
    config: configArgument,
    trades: fileLists,
    instrument: textual,
    accept: flag,
    artefact: textual,
    model: textual,
    from: textual,
    to: textual,
  },
);

/** What `shadow` found. */
export interface ShadowReport {
  /** Whether the session is what history gives. */
  readonly holds: boolean;
  /** Always: a journal without anything to compare is refused. */
  readonly answered: true;
  /** Which configuration the session was held against: the one that was given, or the one that its journal holds. */
  readonly config: 'given' | 'recorded';
  /** The one check. */
  readonly checks: readonly [JournalCheck];
}

/** The comparison of a journal. */
export interface JournalCheck extends ShadowResult {
  /** Segments that end within a record. */
  readonly torn: readonly TornTail[];
  /** Instruments whose files end before what was received does: the venue has not said of the rest. */
  readonly ended: readonly EndedFiles[];
}

/** Files that end too early. */
export interface EndedFiles {
  /** Whose. */
  readonly instrument: string;
  /** Of their last trade, microseconds. */
  readonly time: number;
  /** Trades that were received behind that. */
  readonly received: number;
}

/**
 * Holds what a live session recorded against history and against the venue's trades.
 * @throws {MinotaurError} where the journal is of another chain, or holds nothing to compare
 */
export async function shadow(options: ShadowOptions): Promise<ShadowReport> {
  requireKind('shadow', SHADOW, options);
  beginRun(options);
  const loaded = options.config === undefined ? recordedConfig(options.journal) : await resolveConfig(options.config);
  const { trades, instrument } = tradesIn(options, loaded.config);
  const span = spanIn(options);
  const known = recordedInstruments(options.journal);
  // The chain is the session's, whatever the venue's files say of themselves: a file may name the market where the session did not.
  const { config: chain } = await settleWith(loaded.config, { known, ask: async () => undefined });
  const plan = createPlan(chain);
  const read = journalReader(options.journal, plan, span);
  const settled = await settleLoaded(loaded, { trades, instrument, known, accept: options.accept });
  const inputs = Object.fromEntries(plan.instruments.map(({ name }, i) => [name, Object.values(settled.inputs)[i]]));
  const { signal } = options;
  const venue = trades === undefined ? undefined : await readVenues({ trades, inputs, plan, read, span, signal });
  const models = await openShadowModels(options, plan, read.entries());
  let outcome: ShadowResult;
  try {
    const make: MakeEngine = (sinks) => createEngine(chain, sinks);
    const course = createCourse(options, { step: 'shadow', unit: 'events' });
    outcome = await compareJournal({
      entries: read.entries(),
      make,
      models: models?.at,
      venue,
      onProgress: course.add,
    });
  } finally {
    await models?.close();
  }
  if (!outcome.answered)
    fail('input', options.journal, 'a journal with rows to compare', describeAmounts(outcome.compared));
  const config = options.config === undefined ? 'recorded' : 'given';
  return {
    holds: outcome.holds,
    answered: true,
    config,
    checks: [{ ...outcome, torn: read.torn(), ended: venue?.ended ?? [] }],
  };
}

/** The instruments of a session as they were settled. */
function recordedInstruments(directory: string): readonly Instrument[] | undefined {
  for (const { header } of openJournal(directory).records()) return header.instruments;
  return undefined;
}

/** What one name says of files is also what the only instrument of a configuration is called. */
function tradesIn({ trades, instrument }: ShadowOptions, config: Config): Pick<ShadowOptions, 'trades' | 'instrument'> {
  const byName = (Array.isArray(trades) ? {} : (trades ?? {})) as Readonly<Record<string, readonly string[]>>;
  const [named, ...others] = Object.entries(byName);
  const isOne = named !== undefined && others.length === 0 && instrumentsOf(config).length === 1;
  return isOne ? { trades: named[1], instrument: named[0] } : { trades, instrument };
}

/** All of it where nothing is said. */
function spanIn({ from, to }: ShadowOptions): Span {
  const begin = from === undefined ? -Infinity : timeIn('from', from);
  const end = to === undefined ? Infinity : timeIn('to', to) + (isDay(to) ? MICROS_PER_DAY : 0);
  return begin < end ? { from: begin, to: end } : fail('config', 'from, to', 'a span of time', `${from} to ${to}`);
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text);

function timeIn(where: string, text: string): number {
  const time = parseIso(isDay(text) ? `${text}T00:00:00Z` : text);
  return time === time ? time : fail('config', where, 'a day or time as 2024-08-08 or 2024-08-08T12:00:00Z', text);
}

/** Reads a journal as often as it is asked to, and refuses one of another schema. */
function journalReader(directory: string, { schema }: Plan, span: Span) {
  const journal = openJournal(directory);
  const torn = new Map<string, TornTail>();
  const onTorn = (tail: TornTail): void => void torn.set(tail.segment, tail);
  const isAll = span.from === -Infinity && span.to === Infinity;
  function* entries(): Generator<JournalEntry> {
    let segment = '';
    for (const entry of isAll ? journal.records(onTorn) : recordsOf(journal, span, onTorn)) {
      if (entry.segment !== segment) requireSameSchema(schema, createSchema(entry.header.schema), entry.segment);
      segment = entry.segment;
      yield entry;
    }
  }
  return { entries, torn: () => [...torn.values()] };
}

interface VenueOrder {
  readonly trades: Files;
  readonly inputs: Readonly<Record<string, SourceOptions>>;
  readonly plan: Plan;
  readonly read: ReturnType<typeof journalReader>;
  readonly span: Span;
  readonly signal: AbortSignal | undefined;
}

/**
 * What was received, and the trades that the venues have between its first and its last time. What was received on either side of a
 * span that was asked for is not asked about, and stands as it came.
 */
async function readVenues({ trades, inputs, plan, read, span, signal }: VenueOrder) {
  const { instruments } = plan;
  const received = collectReceived(read.entries(), instruments.length);
  const files = tradeFiles(trades, instruments);
  const unfed = instruments.find(
    ({ name }, lane) => !(name in files) && received.some(({ lanes }) => lanes[lane].trades.length > 0),
  );
  if (unfed !== undefined) {
    const names = instruments.map(({ name }) => name).join(', ');
    fail(
      'config',
      'trades',
      `files of every instrument whose trades are on record (${names})`,
      `none of ${unfed.name}`,
    );
  }
  const official: VenueTrades[] = [];
  const ended: EndedFiles[] = [];
  for (const [lane, { name: instrument, timeUnit }] of instruments.entries()) {
    const unit = MICROS_OF_UNIT[timeUnit];
    const of = { patterns: files[instrument] ?? [], input: inputs[instrument], span, unit, received, lane, signal };
    const own = await readVenue(of);
    official.push({ instrument, trades: own });
    const early = files[instrument] === undefined ? undefined : endOf(own, of);
    if (early !== undefined) ended.push({ instrument, ...early });
  }
  return { received, official, ended };
}

interface LaneOrder extends Pick<VenueOrder, 'span' | 'signal'> {
  readonly patterns: readonly string[];
  readonly input: SourceOptions;
  /** Microseconds that times are floored to: a venue's files may have finer ones than its stream, and the chain uses neither. */
  readonly unit: number;
  readonly received: readonly Received[];
  readonly lane: number;
}

/** Where the files of an instrument end, if more was received behind that. */
function endOf(
  { time, length }: TradeBlock,
  { received, lane, span, unit }: LaneOrder,
): Omit<EndedFiles, 'instrument'> | undefined {
  let last = -Infinity;
  for (let i = 0; i < length; i++) if (time[i] < span.to) last = Math.max(last, time[i]);
  let behind = 0;
  for (const { trades } of received.map(({ lanes }) => lanes[lane]))
    for (let i = 0; i < trades.length; i++) {
      const at = Math.floor(trades.time[i] / unit) * unit;
      if (at > last && at >= span.from && at < span.to) behind++;
    }
  return behind === 0 ? undefined : { time: last, received: behind };
}

/** The trades of one instrument. */
async function readVenue({ patterns, input, span, unit, received, lane, signal }: LaneOrder): Promise<TradeBlock> {
  const { first, last } = spanOf(received);
  const { from, to } = span;
  let official: TradeBlock = createTradeBlock(4096);
  const take = (block: TradeBlock, i: number): void => {
    official = withRoom(official);
    copyTrade(official, official.length++, block, i);
  };
  const takeReceived = (isOut: (time: number) => boolean): void => {
    for (const { trades } of received.map(({ lanes }) => lanes[lane]))
      for (let i = 0; i < trades.length; i++) if (isOut(trades.time[i])) take(trades, i);
  };
  if (patterns.length === 0) return official;
  takeReceived((time) => time < from);
  const before = official.length;
  const source = await openTrades(patterns, input);
  try {
    for await (const { block } of source.blocks()) {
      await checkpoint(signal);
      for (let i = 0; i < block.length; i++) {
        const time = Math.floor(block.time[i] / unit) * unit;
        if (!(time >= Math.max(first, from) && time <= last && time < to)) continue;
        take(block, i);
        official.time[official.length - 1] = time;
      }
    }
  } finally {
    source.close();
  }
  if (official.length === before)
    fail('input', 'trades', 'trades of the time of the journal', `none in ${patterns.join(', ')}`);
  takeReceived((time) => time >= to);
  return official;
}
