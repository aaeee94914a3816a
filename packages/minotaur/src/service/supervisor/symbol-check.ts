/** Whether a venue still has the instruments that are listened to: one that was renamed, delisted or settled is silent for ever. */
import type { Rest } from '../../venues/wire/rest.ts';
import type { Surroundings } from '../../venues/wire/surroundings.ts';

/** Milliseconds between two checks, and between the questions of one. */
const EVERY = 86_400_000;
const AGAIN = 60_000;
/** So often a venue has to say that it knows no such symbol. */
const DENIALS = 3;
/** As venues say it: the request itself is wrong, or there is no such thing. */
const UNKNOWN = /^status (?:400|404|422)$/;

export interface CheckedSymbol {
  readonly instrument: string;
  readonly symbol: string;
  readonly profile: string;
  readonly rest: Rest;
}

export interface SymbolCheckOrder {
  readonly symbols: readonly CheckedSymbol[];
  readonly around: Surroundings;
  /** Milliseconds. Default a day. */
  readonly every?: number | undefined;
  /** Between questions of one check. Default a minute. */
  readonly again?: number | undefined;
  /** The venue has it no longer. */
  readonly onGone: (instrument: string, why: string) => void;
}

/** Checks now and then; what is returned ends that. */
export function checkSymbols({ symbols, around, every = EVERY, again = AGAIN, onGone }: SymbolCheckOrder): () => void {
  let off = (): void => {};
  let stopped = false;
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => void (off = around.later(milliseconds, resolve)));
  const run = async (): Promise<void> => {
    for (;;) {
      await pause(every);
      for (const one of symbols.filter(({ rest }) => rest.canAsk)) {
        const why = await denialOf(one, around, pause, again);
        if (stopped) return;
        if (why !== undefined) onGone(one.instrument, why);
      }
    }
  };
  void run();
  return () => {
    stopped = true;
    off();
  };
}

/** What a venue says of a symbol that it does not know, each time that it is asked. */
async function denialOf(
  { symbol, profile, rest }: CheckedSymbol,
  { wall }: Surroundings,
  pause: (milliseconds: number) => Promise<void>,
  again: number,
): Promise<string | undefined> {
  for (let denials = 1; ; denials++) {
    const page = await rest.page({ symbol, profile, now: wall() });
    if (!('failed' in page) || !UNKNOWN.test(page.failed)) return undefined;
    if (denials === DENIALS) return `${page.failed}, ${DENIALS} times`;
    await pause(again);
  }
}
