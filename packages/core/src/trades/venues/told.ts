/** Which profile a source speaks of, where it says so itself. */
import type { VenueProfile } from './profile.ts';
import { venues } from './venues.gen.ts';

const ALL: readonly VenueProfile[] = Object.values(venues);

/** The profile of that name. */
export function profileNamed(name: string): VenueProfile | undefined {
  return ALL.find((venue) => venue.name === name);
}

/** Of the profiles named, the one whose market has `symbol`; undefined where none or several may be meant. */
export function profileOfSymbol(names: readonly string[], symbol: string): VenueProfile | undefined {
  const fitting = ALL.filter(({ name, symbols }) => {
    return names.includes(name) && (symbols === undefined || new RegExp(symbols, 'i').test(symbol));
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The profile of what a tardis file calls `exchange` and `symbol`; that of tardis itself for an exchange without one. */
export function profileOfTardis(exchange: string, symbol: string): VenueProfile | undefined {
  const names = ALL.filter(({ tardis }) => tardis?.includes(exchange)).map(({ name }) => name);
  return names.length === 0 ? venues.tardis : profileOfSymbol(names, symbol);
}
