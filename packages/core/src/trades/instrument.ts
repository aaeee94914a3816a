/** What was traded, and where: what decides what a trade of it is. It stands beside the schema of a chain, never in it. */
import { fail } from '../base/errors.ts';
import { createAdjustments, type Adjustment } from './adjustments.ts';
import { nearest } from '../base/nearest.ts';
import type { InstrumentInput } from './instrument-section.ts';
import type { Contract, IdKind, SideMeaning, SideWords, VenueProfile } from './venues/profile.ts';
import { profileNamed } from './venues/told.ts';
import { venues } from './venues/venues.gen.ts';

export type { InstrumentInput } from './instrument-section.ts';

/** An instrument with everything settled; plain data. */
export interface Instrument {
  /** As the configuration and an event's facts name it. */
  readonly name: string;
  /** As the venue and its files name it. */
  readonly symbol: string;
  /** Symbols that it had before. */
  readonly formerly: readonly string[];
  /** Name of its profile; null where it has none. */
  readonly venue: string | null;
  /** What is traded. */
  readonly contract: Contract;
  /** Base units (linear) or quote units (inverse) that a quantity of 1 stands for; 1 of spot. */
  readonly size: number;
  /** Prices that can be; null: no bound. Without a lowest one they are above 0. */
  readonly prices: { readonly min: number | null; readonly max: number | null };
  /** Times that can be, microseconds: from (inclusive) to (exclusive). */
  readonly times: { readonly from: number; readonly to: number };
  /** What an id is good for. */
  readonly ids: IdKind;
  /** Words for the sides, in small letters. */
  readonly sides: SideWords;
  /** Whose side a side is; null where the source says so itself. */
  readonly sideMeans: SideMeaning | null;
  /** Times are floored to this unit. */
  readonly timeUnit: 'us' | 'ms' | 's';
  /** Splits and rolls, in order of time. */
  readonly adjustments: readonly Adjustment[];
  /** Whether a missing id is no hole, because the venue's own record lacks it. */
  readonly officialGaps: boolean;
}

/** What a time is floored to, in microseconds. */
export const MICROS_OF_UNIT: Readonly<Record<Instrument['timeUnit'], number>> = { us: 1, ms: 1000, s: 1_000_000 };

const SIDE_WORDS: SideWords = {
  buy: ['buy', 'b', 'true', 't', '1'],
  sell: ['sell', 's', 'false', 'f', '0', '-1'],
};

/** The profile of that name. @throws where there is none */
function profileOf(name: string, where: string): VenueProfile {
  const all: readonly VenueProfile[] = Object.values(venues);
  const found = all.find((venue) => venue.name === name);
  const names = all.map((venue) => venue.name);
  return found ?? fail('config', where, `a venue (${names.join(', ')})`, `'${name}'${nearest(name, names)}`);
}

/**
 * Settles an instrument: what the configuration says, else its venue's profile, else spot with dense ids.
 * @throws {MinotaurError} of kind `config` where what is said does not fit together
 */
export function createInstrument(name: string, input: InstrumentInput = {}): Instrument {
  const where = `instruments.${name}`;
  const profile = input.venue === undefined ? undefined : profileOf(input.venue, `${where}.venue`);
  const defaults = profile?.defaults ?? {};
  const said = { ...defaults, ...definedOf(input) };
  const { contract = 'spot', size = 1, amount = 'contracts' } = said;
  if (contract === 'spot' && size !== 1)
    fail('config', `${where}.size`, 'no size: spot is counted in base units', `${size}`);
  for (const key of profile?.needs ?? []) {
    if (said[key] === undefined && amount === 'contracts')
      fail('config', `${where}.${key}`, `${key} of a contract of ${profile?.title}`, 'none');
  }
  const { min = null, max = null } = said.prices ?? {};
  if (max !== null && max <= (min ?? 0)) fail('config', `${where}.prices.max`, `more than ${min ?? 0}`, `${max}`);
  return {
    name,
    symbol: said.symbol ?? name,
    formerly: said.formerly ?? [],
    venue: said.venue ?? null,
    contract,
    size: amount === 'units' ? 1 : size,
    prices: { min, max },
    times: timesOf(said.times ?? {}, where),
    ids: said.ids ?? 'dense',
    sides: sideWordsOf(input.sides, defaults.sides),
    sideMeans: said.sideMeans ?? null,
    timeUnit: said.timeUnit ?? 'us',
    adjustments: createAdjustments(said.adjustments ?? [], MICROS_OF_UNIT[said.timeUnit ?? 'us']),
    officialGaps: said.officialGaps ?? false,
  };
}

/** The words as they are compared: what is said, else those of the venue, or those that are known of any. Words of no side win. */
export function sideWordsOf(said: InstrumentInput['sides'] = {}, known: SideWords = SIDE_WORDS): SideWords {
  const small = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase());
  const none = said.none ?? known.none;
  const unknown = small(none ?? []);
  const ofSide = (words: readonly string[]): string[] => small(words).filter((word) => !unknown.includes(word));
  const [buy, sell] = [ofSide(said.buy ?? known.buy), ofSide(said.sell ?? known.sell)];
  return { buy, sell, ...(none === undefined ? {} : { none: unknown }) };
}

/** What is written; a key without a value says nothing. */
function definedOf(input: InstrumentInput): InstrumentInput {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function timesOf(
  { from = '2000-01-01', to = '2100-01-01' }: { from?: string | undefined; to?: string | undefined },
  where: string,
) {
  const micros = { from: Date.parse(from) * 1000, to: Date.parse(to) * 1000 };
  if (!(micros.from < micros.to)) fail('config', `${where}.times`, '`from` before `to`', `${from} to ${to}`);
  return micros;
}

/** What of a configuration says which instruments there are. */
interface WithInstruments {
  readonly symbol?: string | undefined;
  readonly instruments?: Readonly<Record<string, InstrumentInput>> | undefined;
}

/** The name of an instrument that nobody has named. */
const UNNAMED = 'UNKNOWN';

/** The instruments of a configuration: its `symbol`, or its `instruments`, in their order. */
export function instrumentsOf({ symbol, instruments }: WithInstruments): readonly [Instrument, ...Instrument[]] {
  if (instruments === undefined) return [createInstrument(symbol ?? UNNAMED)];
  if (symbol !== undefined) fail('config', 'symbol', 'either `symbol` or `instruments`', 'both');
  const [first, ...others] = Object.entries(instruments);
  if (first === undefined) return fail('config', 'instruments', 'at least one instrument', 'none');
  const settle = ([name, input]: readonly [string, InstrumentInput]): Instrument => createInstrument(name, input);
  return [settle(first), ...others.map(settle)];
}

/**
 * What the configuration says of an instrument, the first where none is named; undefined where it says nothing. A name may be
 * a role, `perp` or `spot`, which says nothing of the symbol; one in capitals is the symbol.
 */
export function instrumentInputOf({ symbol, instruments }: WithInstruments, of?: string): InstrumentInput | undefined {
  if (symbol !== undefined) return { symbol };
  const [first = UNNAMED] = Object.keys(instruments ?? {});
  const name = of ?? first;
  const input = instruments?.[name];
  if (input === undefined) return undefined;
  const isRole = name === name.toLowerCase() || name === UNNAMED;
  return { ...input, symbol: input.symbol ?? (isRole ? undefined : name) };
}

/**
 * The same configuration of one instrument for another symbol: the same but for its name, and what has happened to it. By its
 * own name it is the same.
 */
export function withInstrument<C extends WithInstruments>(config: C, name: string): C {
  const { instruments } = config;
  if (instruments === undefined) return { ...config, symbol: name };
  if (Object.hasOwn(instruments, name)) return config;
  const [input] = Object.values(instruments);
  return { ...config, instruments: { [name]: { ...input, symbol: name, formerly: [], adjustments: undefined } } };
}

/** The same configuration of several instruments, whatever symbols they stand for: roles that others may take. */
export function withRoles<C extends WithInstruments>(config: C): C {
  const roles: Record<string, InstrumentInput> = {};
  for (const [name, input] of Object.entries(config.instruments ?? {}))
    roles[name] = definedOf({ ...input, symbol: undefined, formerly: undefined });
  return { ...config, instruments: roles };
}

/** What of an instrument an earlier run or its files may say, where the configuration does not. */
export type SettledKeys = Pick<InstrumentInput, 'symbol' | 'venue' | 'ids'>;

/** What a settled instrument says of those. */
export function settledKeysOf(instrument: Instrument): SettledKeys {
  return { symbol: namedSymbol(instrument), venue: instrument.venue ?? undefined, ids: instrument.ids };
}

/**
 * The same configuration with what it leaves open of an instrument settled, the first where none is named; what it says stays,
 * and what the profile of its venue says.
 */
export function withSettled<C extends WithInstruments>(config: C, settled: SettledKeys, of?: string): C {
  const said = definedOf(instrumentInputOf(config, of) ?? {});
  const venue = said.venue ?? settled.venue;
  const ids = venue === undefined ? undefined : profileNamed(venue)?.defaults.ids;
  const input = { ...definedOf({ symbol: settled.symbol, venue: settled.venue, ids: ids ?? settled.ids }), ...said };
  const { symbol: _, instruments = {}, ...rest } = config;
  const [first = UNNAMED] = Object.keys(instruments);
  const name = of ?? first;
  // The only one may be without a name until it is settled.
  if (name === UNNAMED) return { ...rest, instruments: { [input.symbol ?? name]: input } } as C;
  return { ...rest, instruments: { ...instruments, [name]: input } } as C;
}

/** The same of all its instruments, in their order. */
export function withAllSettled<C extends WithInstruments>(config: C, settled: readonly SettledKeys[]): C {
  const names = Object.keys(config.instruments ?? {});
  if (names.length < 2) return settled.length === 0 ? config : withSettled(config, settled[0]);
  return settled.reduce((whole, keys, i) => withSettled(whole, keys, names[i]), config);
}

/** Its symbol; undefined where nobody has named it. */
function namedSymbol({ symbol }: Instrument): string | undefined {
  return symbol === UNNAMED ? undefined : symbol;
}

/** Whether `found` is the instrument that is expected, by its name or a former one; nothing is known of one without a name. */
function isSameSymbol(expected: Instrument, found: Instrument): boolean {
  const symbols = [expected.symbol, ...expected.formerly];
  return symbols.includes(found.symbol) || [expected.symbol, found.symbol].includes(UNNAMED);
}

/** Refuses what was made of another market: another symbol, venue, or way of counting. A symbol that is declared as a former one is its own. */
export function requireSameMarket(expected: Instrument, found: Instrument, where: string): void {
  if (!isSameSymbol(expected, found)) {
    fail(
      'state',
      where,
      `the instrument ${expected.symbol}`,
      `${found.symbol} (a new name is declared with \`formerly\`)`,
    );
  }
  if (expected.venue !== null && found.venue !== null && expected.venue !== found.venue)
    fail('state', where, `${expected.symbol} of ${expected.venue}`, `of ${found.venue}`);
  requireSameKeys(['contract', 'size'], expected, found, where);
}

function isSameMarket(a: Instrument, b: Instrument): boolean {
  const isSameVenue = a.venue === null || b.venue === null || a.venue === b.venue;
  return isSameVenue && a.contract === b.contract && a.size === b.size;
}

/** Refuses the state of another instrument, or of the same one with ids or times of another kind. */
export function requireSameInstrument(expected: Instrument, found: Instrument, where: string): void {
  requireSameMarket(expected, found, where);
  requireSameKeys(['ids', 'timeUnit', 'officialGaps'], expected, found, where);
}

type PlainKey = 'contract' | 'size' | 'ids' | 'timeUnit' | 'officialGaps';

function requireSameKeys(keys: readonly PlainKey[], expected: Instrument, found: Instrument, where: string) {
  for (const key of keys) {
    if (expected[key] !== found[key])
      fail('state', where, `${expected.symbol} with ${key} ${expected[key]}`, `${key} ${found[key]}`);
  }
}

/** The instruments that something learned is for, or `any`. */
export type Instruments = readonly Instrument[] | 'any';

/** Refuses one that is not among `own`. */
export function requireInstruments(own: Instruments, found: readonly Instrument[], where: string): void {
  if (own === 'any') return;
  for (const instrument of found) {
    // Either may have been renamed since.
    const called = own.filter((one) => isSameSymbol(instrument, one) || isSameSymbol(one, instrument));
    if (called.length === 0) {
      const names = own.map(({ symbol }) => symbol).join(', ');
      fail(
        'state',
        where,
        `the instrument ${names}`,
        `${instrument.symbol} (a new name is declared with \`formerly\`)`,
      );
    }
    // One symbol may be of several markets: a perpetual and its spot.
    const same = called.find((one) => isSameMarket(one, instrument)) ?? called[0];
    requireSameMarket({ ...same, symbol: instrument.symbol }, instrument, where);
  }
}
