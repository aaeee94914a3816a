/** Settling the instruments of a run: what the configuration leaves open, an earlier run or the first file says. */
import { fail } from 'minotaur-core/internal/base/errors';
import {
  instrumentInputOf,
  instrumentsOf,
  settledKeysOf,
  withInstrument,
  withSettled,
} from 'minotaur-core/internal/trades/instrument';
import type { Instrument, SettledKeys } from 'minotaur-core/internal/trades/instrument';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import type { Config } from 'minotaur-core/internal/config/config';
import type { LoadedConfig } from '../../files/config-file.ts';
import { sourceOptions, type SourceOptions } from '../../files/trades/source-options.ts';
import { refuseUnnamed, type Files } from './run-files.ts';
import { toldByFiles, type ToldByFile } from '../../files/trades/told-by-files.ts';

/** What a run may know of its instruments beside the configuration. */
export interface InstrumentSources {
  /** Files of trades and globs, by instrument where there are several; the first file of each tells. */
  readonly trades?: Files | undefined;
  /** Its name, where the run was told; the configuration's own then goes by that name. */
  readonly instrument?: string | undefined;
  /** Those of the state, rows or journal which the run goes on from. */
  readonly known?: readonly Instrument[] | undefined;
  /** Whether evidence of another instrument in the files is overridden. */
  readonly accept?: boolean | undefined;
}

/** An instrument with everything settled, and what settled it where the configuration does not say it. */
export interface SettledInstrument extends Instrument {
  /** By key, what it was told by: the path of a file, or `an earlier run`. */
  readonly told: Readonly<Record<string, string>>;
}

/** A configuration whose instruments are settled, and how their files are read. */
export interface SettledConfig {
  readonly config: Config;
  /** By instrument. */
  readonly inputs: Readonly<Record<string, SourceOptions>>;
  /** In the order of the configuration. */
  readonly instruments: readonly SettledInstrument[];
}

/** What was loaded of a configuration, settled; other threads and processes get the same. */
export type Settled<Loaded extends LoadedConfig> = Loaded & SettledConfig;

const EARLIER = 'an earlier run';
const KEYS = ['symbol', 'venue', 'ids'] as const;

/**
 * The one place where instruments are settled: build, replay, label, verify and the shadow go by it. What the configuration
 * says wins, then what is known, then what the first file tells: the symbol of its rows or name, the venue that its layout
 * is of, and what its ids are good for.
 * @throws {MinotaurError} where a first file cannot be read, or what is said does not fit together
 */
export async function settleInstruments(raw: Config, sources: InstrumentSources): Promise<SettledConfig> {
  let config = sources.instrument === undefined ? raw : withInstrument(raw, sources.instrument);
  const names = instrumentsOf(config).map(({ name }) => name);
  const isSeveral = names.length > 1;
  if (isSeveral && Array.isArray(sources.trades)) refuseUnnamed('trades', 'an instrument', names);
  const inputs: Record<string, SourceOptions> = {};
  const told: Record<string, string>[] = [];
  for (const [i, name] of names.entries()) {
    const one = await settleOne(config, {
      of: isSeveral ? name : undefined,
      known: sources.known?.[i],
      trades: filesOf(sources.trades, name),
      accept: sources.accept,
      names,
    });
    ({ config } = one);
    told.push(one.told);
    inputs[isSeveral ? name : instrumentsOf(config)[0].name] = one.input;
  }
  const instruments = instrumentsOf(config).map((instrument, i) => ({ ...instrument, told: told[i] }));
  return { config, inputs, instruments };
}

/** Those of an instrument; without names they are of the only one. */
function filesOf(files: Files | undefined, name: string): readonly string[] | undefined {
  if (files === undefined || Array.isArray(files)) return files as readonly string[] | undefined;
  return (files as Readonly<Record<string, readonly string[]>>)[name];
}

interface OneSource {
  /** Which of several. */
  readonly of: string | undefined;
  readonly known: Instrument | undefined;
  readonly trades: readonly string[] | undefined;
  readonly accept: boolean | undefined;
  /** Of all instruments. */
  readonly names: readonly string[];
}

async function settleOne(given: Config, { of, known, trades, accept, names }: OneSource) {
  const earlier = known === undefined ? given : withSettled(given, settledKeysOf(known), of);
  const file = await askFile(earlier, of, trades, accept);
  if (!accept && instrumentInputOf(given, of)?.symbol === undefined) requireOwn(file, of, names);
  const config = file === undefined ? earlier : withSettled(earlier, file, of);
  const newly = (key: keyof SettledKeys, from: Config, to: Config): boolean =>
    instrumentInputOf(from, of)?.[key] === undefined && instrumentInputOf(to, of)?.[key] !== undefined;
  const told: Record<string, string> = {};
  for (const key of KEYS) {
    if (newly(key, given, earlier)) told[key] = EARLIER;
    else if (file !== undefined && newly(key, earlier, config)) told[key] = file.file;
  }
  // A symbol that only the first file says is no choice among several: a second one is refused, not left out.
  const { instrument: own, ...input } = sourceOptions(config, of);
  const read = told['symbol'] === file?.file && file !== undefined ? { ...own, symbol: undefined } : own;
  return { config, input: { ...input, instrument: read, accept }, told };
}

/** Files that were named the wrong way round: what `file` is of has the name of another instrument. */
function requireOwn(file: ToldByFile | undefined, of: string | undefined, names: readonly string[]): void {
  const symbol = file?.symbol?.toLowerCase();
  if (file === undefined || symbol === undefined || of === undefined || symbol.includes(of.toLowerCase())) return;
  const other = names.find((name) => symbol.includes(name.toLowerCase()));
  if (other !== undefined)
    fail('input', file.file, `trades of ${of}`, `of ${file.symbol}, as ${other} may be (\`symbol\` says what it is)`);
}

/** The same of what was loaded. */
export async function settleLoaded<Loaded extends LoadedConfig>(
  loaded: Loaded,
  sources: InstrumentSources,
): Promise<Settled<Loaded>> {
  const { trades, instrument, known, accept } = sources;
  const settled = await settleInstruments(loaded.config, { trades, instrument, known, accept });
  const source = { ...loaded.source, instrument, settled: settled.instruments.map(settledKeysOf) };
  return { ...loaded, ...settled, source };
}

/** What the first file says, where the configuration and what is known leave anything open. */
async function askFile(
  config: Config,
  of: string | undefined,
  trades: readonly string[] | undefined,
  accept: boolean | undefined,
): Promise<ToldByFile | undefined> {
  const said = instrumentInputOf(config, of);
  const ids = said?.ids ?? (said?.venue === undefined ? undefined : profileNamed(said.venue)?.defaults.ids);
  const isOpen = said?.symbol === undefined || said.venue === undefined || ids === undefined;
  return trades === undefined || !isOpen ? undefined : toldByFiles(trades, { ...sourceOptions(config, of), accept });
}
