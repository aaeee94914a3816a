/** Settling the instruments of a chain, whoever says what the configuration leaves open. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentInputOf, instrumentsOf, settledKeysOf, withSettled } from 'minotaur-core/internal/trades/instrument';
import type { Instrument, SettledKeys } from 'minotaur-core/internal/trades/instrument';
import { profileNamed } from 'minotaur-core/internal/trades/venues/told';
import { sourceOptions, type SourceOptions } from '../../files/trades/source-options.ts';
import type { ToldByFile } from '../../files/trades/told.ts';

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

/** What may be known of instruments beside the configuration. */
export interface KnownOfInstruments {
  /** What the first file of the instrument says; undefined where it has no files. */
  readonly ask: (instrument: string, options: SourceOptions) => Promise<ToldByFile | undefined>;
  /** Those of the state, rows or journal which the run goes on from. */
  readonly known?: readonly Instrument[] | undefined;
  /** Whether evidence of another instrument in the files is overridden. */
  readonly accept?: boolean | undefined;
}

const EARLIER = 'an earlier run';
const KEYS = ['symbol', 'venue', 'ids'] as const;

/**
 * What the configuration says wins, then what is known, then what the first file tells: the symbol of its rows or name, the
 * venue that its layout is of, and what its ids are good for.
 * @throws {MinotaurError} where a first file cannot be read, or what is said does not fit together
 */
export async function settleWith(raw: Config, { ask, known, accept }: KnownOfInstruments): Promise<SettledConfig> {
  let config = raw;
  const names = instrumentsOf(config).map(({ name }) => name);
  const isSeveral = names.length > 1;
  const inputs: Record<string, SourceOptions> = {};
  const told: Record<string, string>[] = [];
  for (const [i, name] of names.entries()) {
    const of = isSeveral ? name : undefined;
    const one = await settleOne(config, {
      of,
      known: known?.[i],
      ask: (options) => ask(name, options),
      accept,
      names,
    });
    ({ config } = one);
    told.push(one.told);
    inputs[isSeveral ? name : instrumentsOf(config)[0].name] = one.input;
  }
  const instruments = instrumentsOf(config).map((instrument, i) => ({ ...instrument, told: told[i] }));
  return { config, inputs, instruments };
}

interface OneSource {
  /** Which of several. */
  readonly of: string | undefined;
  readonly known: Instrument | undefined;
  readonly ask: (options: SourceOptions) => Promise<ToldByFile | undefined>;
  readonly accept: boolean | undefined;
  /** Of all instruments. */
  readonly names: readonly string[];
}

async function settleOne(given: Config, { of, known, ask, accept, names }: OneSource) {
  const earlier = known === undefined ? given : withSettled(given, settledKeysOf(known), of);
  const file = isOpen(earlier, of) ? await ask({ ...sourceOptions(earlier, of), accept }) : undefined;
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

/** Whether the configuration and what is known leave anything open. */
function isOpen(config: Config, of: string | undefined): boolean {
  const said = instrumentInputOf(config, of);
  const ids = said?.ids ?? (said?.venue === undefined ? undefined : profileNamed(said.venue)?.defaults.ids);
  return said?.symbol === undefined || said.venue === undefined || ids === undefined;
}
