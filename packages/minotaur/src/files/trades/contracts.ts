/** Quantities that may count contracts, or dollars: taken for coins they would make volume and turnover of another order. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { InstrumentInput } from 'minotaur-core/internal/trades/instrument';
import type { VenueProfile } from 'minotaur-core/internal/trades/venues/profile';
import { profileNamed, profileOfSymbol } from 'minotaur-core/internal/trades/venues/told';

/** Whether the configuration says what a quantity is. */
export const isCounted = ({ contract, venue, size }: InstrumentInput = {}): boolean =>
  (contract ?? venue ?? size) !== undefined;

/** Profiles of contracts whose symbols nobody else has, and whose quantities are no coins. */
const UNMISTAKABLE = ['binance-coinm', 'okx-linear', 'okx-inverse', 'deribit'];

/** What tardis calls exchanges of contracts; those of which a profile is known say more. */
const CONTRACT_EXCHANGE =
  /futures|derivatives|delivery|swap|options|perp|-dm\b|cryptofacilities|phemex|bitmex|deribit|bybit$|^delta$/;

/** Codes of the months of futures: `ESU4`, `CLZ24`. */
const FUTURE = /^[A-Z0-9]{1,3}[FGHJKMNQUVXZ]\d{1,2}$/;

/** What a source says of its market. */
export interface MarketSaid {
  readonly symbol: string | undefined;
  /** As tardis calls it. */
  readonly exchange?: string | undefined;
  /** Name of its layout. */
  readonly layout: string;
  /** The profile that it tells, which counts contracts rightly. */
  readonly told: VenueProfile | undefined;
}

const OTHERWISE = '`contract` and `size` of the instrument by which it is; `accept` takes quantities as they stand';
const COUNTS = '`contract` and `size` of the instrument (`contract: spot` counts quantities as they stand)';

/** @throws where what is traded is evidently a contract, and neither the source nor the configuration says what one is worth */
export function requireCounted(
  { symbol, exchange, layout, told }: MarketSaid,
  instrument: InstrumentInput | undefined,
  where: string,
): void {
  // The profile of tardis itself knows nothing of contracts.
  const isKnown = told !== undefined && told.name !== 'tardis';
  if (isKnown || isCounted(instrument)) return;
  if (exchange !== undefined && CONTRACT_EXCHANGE.test(exchange)) {
    fail('input', where, COUNTS, `${symbol ?? 'trades'} of ${exchange}, whose quantities may count contracts`);
  }
  if (symbol === undefined) return;
  const profile = profileOfSymbol(UNMISTAKABLE, symbol);
  if (profile !== undefined) {
    const size = profile.needs === undefined ? '' : ' with the `size` of its contracts';
    fail(
      'input',
      where,
      `\`venue: ${profile.name}\`${size}, or ${COUNTS}`,
      `${symbol}, a contract of ${profile.title}`,
    );
  }
  if (layout === 'databento' && FUTURE.test(symbol)) {
    fail('input', where, `\`contract: linear\` and the \`size\` of one contract`, `${symbol}, a future`);
  }
}

/** What a quantity of 1 is. */
export interface Counting {
  readonly contract: 'spot' | 'linear' | 'inverse';
  readonly size: number;
}

/** As the configuration has it, else the profile of its venue or of the one that is told; undefined where a size is missing. */
export function countingOf(
  instrument: InstrumentInput | undefined,
  told: VenueProfile | undefined,
): Counting | undefined {
  const profile = instrument?.venue === undefined ? told : profileNamed(instrument.venue);
  const said = { ...profile?.defaults, ...instrument };
  const contract = instrument?.contract ?? profile?.defaults.contract ?? 'spot';
  const size = instrument?.size ?? profile?.defaults.size;
  const amount = said.amount ?? profile?.defaults.amount;
  if (amount === 'units') return { contract, size: 1 };
  return size === undefined && profile?.needs !== undefined ? undefined : { contract, size: size ?? 1 };
}

/** A row of a source that says itself what its quantity is in base or quote units; NaN where it does not. */
export interface SaidAmounts {
  readonly price: number;
  readonly quantity: number;
  readonly base: number;
  readonly quote: number;
}

/** Quantities may be this far from what the source says: not the other way of counting, but another rounding or fee. */
const FAR = 2;

/** @throws where base or quote amounts that the source has beside them say in most rows that quantities are counted otherwise */
export function requireAmounts(
  rows: readonly SaidAmounts[],
  { contract, size }: Counting,
  names: { readonly quantity: string; readonly base?: string | undefined; readonly quote?: string | undefined },
  where: string,
): void {
  for (const [said, name] of [
    ['base', names.base],
    ['quote', names.quote],
  ] as const) {
    if (name === undefined) continue;
    const ratios = rows
      .map(({ price, quantity, ...amounts }) => {
        const units = quantity * size * (contract === 'inverse' ? 1 : price);
        return amounts[said] / (said === 'quote' ? units : units / price);
      })
      .filter((ratio) => ratio > 0 && ratio < Infinity)
      .toSorted((a, b) => a - b);
    const typical = ratios[ratios.length >> 1];
    if (typical === undefined || (typical < FAR && typical > 1 / FAR)) continue;
    const is = said === 'quote' ? `the turnover of ${names.quantity}` : `${names.quantity} in base units`;
    const found = `${Number(typical.toPrecision(3))} times as much, typically: quantities count something else`;
    fail('input', where, `${name} to be ${is}, counted as ${contract} of size ${size}; or ${OTHERWISE}`, found);
  }
}
