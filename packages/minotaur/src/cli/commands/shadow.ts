/** `minotaur verify --journal`: what a live session recorded, against history and against the venue's trades. */
import { writeFile } from 'node:fs/promises';
import { fail } from 'minotaur-core/internal/base/errors';
import { createSchema, requireSameSchema } from 'minotaur-core/internal/base/schema';
import { openJournal, type JournalEntry, type TornTail } from '../../journal/reader.ts';
import { openTrades } from '../../files/trades/trade-source.ts';
import type { Config } from 'minotaur-core/internal/config/config';
import { createEngine } from '../../runtime/engine.ts';
import { createPlan, type Plan } from 'minotaur-core/internal/chain/plan';
import { copyTrade, createTradeBlock, withRoom, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { describeAmounts, NOTHING } from '../../verify/harness/check.ts';
import { collectReceived, spanOf } from '../../verify/shadow/shadow-data.ts';
import type { ShadowModel } from '../../verify/shadow/shadow-code.ts';
import { describeShadow, shadow, type ShadowResult } from '../../verify/shadow/shadow.ts';
import { loadConfig } from '../config-file.ts';
import { openModelOf } from '../model-file.ts';
import { createProgress } from '../progress.ts';
import { readServedArtefact, servedFiles } from '../served-model.ts';
import { verdictPage } from '../report/verdict-page.ts';

export interface ShadowFlags {
  readonly journal: string;
  readonly trades?: readonly string[];
  readonly bars?: readonly string[];
  readonly config: string;
  readonly artefact?: string;
  readonly model?: string;
  readonly report?: string;
  readonly json?: boolean;
}

export async function shadowCommand(flags: ShadowFlags): Promise<void> {
  if (flags.bars !== undefined) fail('config', 'verify --journal', "the venue's trades (--trades)", '--bars');
  const { config } = await loadConfig(flags.config);
  const plan = createPlan(config);
  const read = journalReader(flags.journal, plan);
  const venue = flags.trades === undefined ? undefined : await readVenue(flags.trades, config, read);
  const model = await openShadowModel(flags, plan);
  const progress = createProgress('shadow', 0, 'events');
  let outcome: ShadowResult;
  try {
    const make = (sinks: Parameters<typeof createEngine>[1]) => createEngine(config, sinks);
    const onProgress = (events: number): void => progress.add(events);
    outcome = await shadow({ entries: read.entries(), make, model, venue, onProgress });
  } finally {
    progress.stop();
    await model?.model.close();
  }
  if (outcome.first === NOTHING)
    fail('input', flags.journal, 'a journal with rows to compare', describeAmounts(outcome.compared));
  const verdict = { holds: outcome.holds, checks: [{ ...outcome, torn: read.torn() }] };
  if (flags.json) console.log(JSON.stringify(verdict, null, 2));
  else console.log(formatShadow(outcome, read.torn()));
  if (flags.report !== undefined) {
    const lead = `${flags.journal}, with ${flags.config}`;
    await writeFile(flags.report, verdictPage({ verdict, lead, events: 'trades', plan, reproducers: [] }));
  }
  if (!outcome.holds) process.exitCode = 1;
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
async function readVenue(patterns: readonly string[], config: Config, { entries }: ReturnType<typeof journalReader>) {
  const received = collectReceived(entries());
  const { first, last } = spanOf(received);
  let official: TradeBlock = createTradeBlock(4096);
  const source = await openTrades(patterns, config.input);
  try {
    for await (const { block } of source.blocks()) {
      for (let i = 0; i < block.length; i++) {
        if (!(block.time[i] >= first && block.time[i] <= last)) continue;
        official = withRoom(official);
        copyTrade(official, official.length++, block, i);
      }
    }
  } finally {
    source.close();
  }
  if (official.length === 0) fail('input', '--trades', 'trades of the time of the journal', 'none');
  return { received, official };
}

async function openShadowModel(flags: ShadowFlags, plan: Plan): Promise<ShadowModel | undefined> {
  const files = servedFiles(flags);
  if (files === undefined) return undefined;
  const artefact = readServedArtefact(files.artefact, plan);
  return { artefact, model: await openModelOf(artefact, files.model) };
}

function formatShadow(outcome: ShadowResult, torn: readonly TornTail[]): string {
  const { name, law, holds, compared, first, code } = outcome;
  const lines = [`compared ${describeAmounts(compared)}`, ...describeShadow(outcome)];
  if (first !== null && 'feature' in first) {
    const { trade, feature, expected, expectedBits, found, foundBits } = first;
    lines.push(`  ${feature}, trade ${trade}: expected ${expected} (${expectedBits}), found ${found} (${foundBits})`);
  }
  if (code.counts.predictionsNotCompared > 0)
    lines.push(`${code.counts.predictionsNotCompared} predictions were not compared (--artefact, --model)`);
  if (code.counts.cutSessions > 0)
    lines.push(`${code.counts.cutSessions} of ${code.counts.sessions} sessions end without a stop`);
  for (const { segment, byte, bytes } of torn)
    lines.push(`torn tail: ${segment} ends with ${bytes} bytes from byte ${byte} on that are no whole record`);
  return [`${holds ? 'holds' : 'FAILS'}  ${name.padEnd(14)} ${law}`, ...lines.map((line) => `       ${line}`)].join(
    '\n',
  );
}
