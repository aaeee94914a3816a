/** What is written into a bus of files of trades. */
import { fail } from 'minotaur-core/internal/base/errors';
import type { Config } from 'minotaur-core/internal/config/config';
import { instrumentsOf, withInstrument } from 'minotaur-core/internal/trades/instrument';
import { createTradeBlock, sliceTrades, TRADE_COLUMNS } from 'minotaur-core/internal/trades/trade';
import type { EventSource } from '../../bus/worker/produce.ts';
import { sourceOptions } from '../../files/trades/source-options.ts';
import { openTrades } from '../../files/trades/trade-source.ts';

/** Files are read as they are: a silence may last for years. */
const OF_FILES = { text: '', maxSilence: Infinity } as const;

/** Trades of files, the chain of which is called `chain`: its only instrument. */
export function tradesSource(config: Config, chain: string, files: readonly string[]): EventSource {
  if (instrumentsOf(config).length > 1)
    fail('config', '--trades', 'a configuration of one instrument (others are written from a journal)', 'of several');
  const options = sourceOptions(withInstrument(config, chain));
  return {
    chain,
    instruments: [chain],
    async *events() {
      const source = await openTrades(files, options);
      try {
        for await (const { block } of source.blocks()) {
          // The next block is read into the same memory while this one waits to be written.
          const own = createTradeBlock(block.length);
          own.length = block.length;
          const whole = sliceTrades(block, 0, block.length);
          for (const name of TRADE_COLUMNS) own[name].set(whole[name]);
          yield { kind: 'trades', instrument: 0, origin: OF_FILES, block: own, arrival: undefined } as const;
        }
      } finally {
        source.close();
      }
    },
  };
}
