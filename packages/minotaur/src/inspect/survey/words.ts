/** How findings speak of configurations. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';

/** How a configuration says something of the instrument, which may be without a name as yet. */
export function ofInstrument({ name }: Instrument, what: string): string {
  return `instruments: { ${name === 'UNKNOWN' ? 'SYMBOL' : name}: { ${what} } }`;
}
