/** `minotaur verify`. */
import { withPage } from '../../runs/course/page.ts';
import { planOfConfig } from '../../runs/plan.ts';
import { oneDirectory } from '../../runs/verification/drift.ts';
import { reproducersOf, verify, type VerifyOptions } from '../../runs/verification/verify.ts';
import { loadWatchedConfig } from '../../runs/verification/watched-config.ts';
import type { LoadedConfig, VerifyReport } from '../../runs.ts';
import { filesByName, tradesOfOne, type FileFlags } from '../named-files.ts';
import { failUnlessAll, toJson, type OutputFlags } from '../output.ts';
import { takenLines } from '../print/build.ts';
import { instrumentLine } from '../print/instrument.ts';
import { driftTable } from '../print/drift.ts';
import { checkLines, reproLines, verdictSentence } from '../print/verify.ts';
import { watched, type ProgressBar } from '../progress.ts';
import { verdictPage } from '../../pages/verdict-page.ts';
import { driftCommand } from './drift.ts';

export interface VerifyFlags extends Omit<VerifyOptions, 'config' | keyof FileFlags>, FileFlags, OutputFlags {
  readonly config: string;
  readonly report?: string;
}

export async function verifyCommand({ json, ...flags }: VerifyFlags): Promise<void> {
  const { rows, against, report } = flags;
  const others = [flags.trades, flags.bars, flags.labels, flags.splits, flags.predictions];
  if (rows !== undefined && against !== undefined && others.every((asked) => asked === undefined))
    return driftCommand({ ...flags, json, rows: oneDirectory(rows), against });
  const verdict = await withPage(report, async (page) => {
    const config = await loadWatchedConfig(flags.config);
    const repro = flags.repro ?? (report === undefined ? undefined : `${report}.repro`);
    const found = await watched((bar) =>
      verify({ ...asOptions(flags), ...filesOf(flags, config), config, repro, ...tellingChecks(bar, json) }),
    );
    console.log(json ? toJson(found) : closingLines(found));
    page?.write(await pageOf(found, flags, config));
    return found;
  });
  failUnlessAll(verdict.checks);
}

/** The flags that are options of the run, without those of the other questions of `verify`. */
function asOptions(flags: VerifyFlags): Omit<VerifyOptions, 'config' | 'repro' | keyof FileFlags> {
  const { accept, minUsed, checks, limit, seed, artefact, model } = flags;
  const { rows, labels, splits, fold, predictions, against } = flags;
  const learned = { artefact, model, rows, labels, splits, fold, predictions, against };
  return { accept, minUsed, checks, limit, seed, ...learned };
}

/** Files by what they are of: of a chain of several instruments, or of the one that it is to be. */
function filesOf(
  flags: VerifyFlags,
  { config }: LoadedConfig,
): Pick<VerifyOptions, 'trades' | 'bars' | 'series' | 'instrument'> {
  const isSeveral = Object.keys(config.instruments ?? {}).length > 1;
  return { ...filesByName(flags), ...(isSeveral ? {} : tradesOfOne(flags.trades)) };
}

/** A line for each check when it is done, where words are wanted. */
function tellingChecks(
  { onProgress, signal, clear }: ProgressBar,
  json: boolean | undefined,
): Pick<VerifyOptions, 'onProgress' | 'signal' | 'onInstrument' | 'onTaken' | 'onResult'> {
  return {
    onProgress,
    signal,
    onInstrument({ told, ...instrument }) {
      if (json || Object.keys(told).length === 0) return;
      clear();
      console.log(instrumentLine(instrument, told));
    },
    onTaken(taken) {
      const lines = takenLines(taken);
      if (json || lines.length === 0) return;
      clear();
      console.log(lines.join('\n'));
    },
    onResult(outcome) {
      if (json) return;
      clear();
      console.log(checkLines(outcome));
    },
  };
}

function closingLines(verdict: VerifyReport): string {
  return [
    ...reproducersOf(verdict).map(reproLines),
    ...(verdict.drift === undefined ? [] : [`\n${driftTable(verdict.drift)}`]),
    `\n${verdictSentence(verdict)}`,
  ].join('\n');
}

async function pageOf(verdict: VerifyReport, flags: VerifyFlags, config: LoadedConfig): Promise<string> {
  const { trades, bars, rows } = flags;
  const files = [...(trades ?? []), ...(bars ?? [])];
  return verdictPage({
    verdict,
    lead: `${(files.length > 0 ? files : [rows].flat()).join(', ')}, with ${flags.config}`,
    events: bars === undefined ? 'trades' : trades === undefined ? 'bars' : 'trades and bars',
    plan: await planOfConfig(config),
    taken: verdict.taken,
    reproducers: reproducersOf(verdict),
    drift: verdict.drift,
  });
}
