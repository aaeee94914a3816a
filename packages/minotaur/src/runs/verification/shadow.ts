/** `verify --journal`: what a live session recorded, against history and against the venue's trades. */
import { fail } from 'minotaur-core/internal/base/errors';
import { createSchema, requireSameSchema } from 'minotaur-core/internal/base/schema';
import { createEngine } from '../../node/engine.ts';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { copyTrade, createTradeBlock, withRoom, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { resolveConfig, type ConfigArgument } from '../../files/config-file.ts';
import type { SourceOptions } from '../../files/trades/source-options.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import { openJournal, type JournalEntry, type TornTail } from '../../journal/reader.ts';
import { describeAmounts } from '../../verify/harness/check.ts';
import type { MakeEngine } from '../../verify/harness/sides.ts';
import { collectReceived, spanOf } from '../../verify/shadow/shadow-received.ts';
import { shadow as compareJournal, type ShadowResult } from '../../verify/shadow/shadow.ts';
import { settleLoaded } from '../chain/settle.ts';
import { beginRun, checkpoint, createCourse, type RunOptions } from '../course/options.ts';
import { openShadowModels } from './shadow-models.ts';

/** What `shadow` takes. */
export interface ShadowOptions extends RunOptions {
  /** Directory with what a live session recorded. */
  readonly journal: string;
  /** The venue's trades: files and globs. Absent: only code is compared, not data. */
  readonly trades?: readonly string[] | undefined;
  /** What the trades are of, where neither the configuration nor the files are to say it. */
  readonly instrument?: string | undefined;
  /** Goes on in spite of evidence that files are of another instrument. */
  readonly accept?: boolean | undefined;
  /** Of the session. */
  readonly config: ConfigArgument;
  /** What fit and train wrote, of a session that predicted. With `model`. */
  readonly artefact?: string | undefined;
  /** The model of the session, .onnx. With `artefact`. */
  readonly model?: string | undefined;
}

/** What `shadow` found. */
export interface ShadowReport {
  /** Whether the session is what history gives. */
  readonly holds: boolean;
  /** Always: a journal without anything to compare is refused. */
  readonly answered: true;
  /** The one check. */
  readonly checks: readonly [JournalCheck];
}

/** The comparison of a journal. */
export interface JournalCheck extends ShadowResult {
  /** Segments that end within a record. */
  readonly torn: readonly TornTail[];
}

/**
 * Holds what a live session recorded against history and against the venue's trades.
 * @throws {MinotaurError} where the journal is of another chain, or holds nothing to compare
 */
export async function shadow(options: ShadowOptions): Promise<ShadowReport> {
  beginRun(options);
  const { config, inputs } = await settleLoaded(await resolveConfig(options.config), options);
  const plan = createPlan(config);
  const read = journalReader(options.journal, plan);
  const { trades, signal } = options;
  const venue =
    trades === undefined ? undefined : await readVenue(trades, inputs[plan.instruments[0].name], read, signal);
  const models = await openShadowModels(options, plan, read.entries());
  let outcome: ShadowResult;
  try {
    const make: MakeEngine = (sinks) => createEngine(config, sinks);
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
  return { holds: outcome.holds, answered: true, checks: [{ ...outcome, torn: read.torn() }] };
}

/** Reads a journal as often as it is asked to, and refuses one of another schema. */
function journalReader(directory: string, { schema }: Plan) {
  const journal = openJournal(directory);
  const torn = new Map<string, TornTail>();
  function* entries(): Generator<JournalEntry> {
    let segment = '';
    for (const entry of journal.records((tail) => torn.set(tail.segment, tail))) {
      if (entry.segment !== segment) requireSameSchema(schema, createSchema(entry.header.schema), entry.segment);
      segment = entry.segment;
      yield entry;
    }
  }
  return { entries, torn: () => [...torn.values()] };
}

/** What was received, and the trades that the venue has between its first and its last time. */
async function readVenue(
  patterns: readonly string[],
  input: SourceOptions,
  { entries }: ReturnType<typeof journalReader>,
  signal: AbortSignal | undefined,
) {
  const received = collectReceived(entries());
  const { first, last } = spanOf(received);
  let official: TradeBlock = createTradeBlock(4096);
  const source = await openTrades(patterns, input);
  try {
    for await (const { block } of source.blocks()) {
      await checkpoint(signal);
      for (let i = 0; i < block.length; i++) {
        if (!(block.time[i] >= first && block.time[i] <= last)) continue;
        official = withRoom(official);
        copyTrade(official, official.length++, block, i);
      }
    }
  } finally {
    source.close();
  }
  if (official.length === 0) fail('input', 'trades', 'trades of the time of the journal', 'none');
  return { received, official };
}
