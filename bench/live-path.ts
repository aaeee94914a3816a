/** From frames to the chain: how many trades a second a live session takes, by its parts and whole. */
import { createDecoder } from '../packages/minotaur/src/venues/contract/decode.ts';
import { binanceMessages } from '../packages/minotaur/src/venues/exchanges/binance-messages.ts';
import { simulatedTrades } from '../packages/minotaur/src/files/simulate.ts';
import { summary, type Figure } from './harness.ts';
import { frameOf } from './live-frames.ts';
import { openSession } from './live-session.ts';

export const title = 'A live session, the complete preset: trades a second';

const FRAMES = 200_000;
const RUNS = 3;
const BURST = 100_000;
const SUSTAINED = 200_000;

export async function benches(): Promise<Figure[]> {
  return [...decoding(), ...(await whole())];
}

/** Microseconds of this process's CPU. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Frames as they lie in a socket's buffer, to trades. */
function decoding(): Figure[] {
  const start = 1_722_816_000_000_000;
  const frames = Array.from(simulatedTrades({ trades: FRAMES, seed: 3, start }), (trade) =>
    Buffer.from(frameOf(trade)),
  );
  const rates: number[] = [];
  for (let run = -1; run < RUNS; run++) {
    const decode = createDecoder(binanceMessages);
    let trades = 0;
    const before = cpu();
    for (const frame of frames) {
      const [one] = decode(frame.toString(), start + 3600e6 * 4);
      if (one.kind === 'trades') trades += one.trades.length;
    }
    if (trades !== FRAMES) throw new Error(`expected ${FRAMES} trades, found ${trades}`);
    if (run >= 0) rates.push(FRAMES / ((cpu() - before) / 1e6));
  }
  return [summary('frames decoded', 'trades/s of CPU', rates, { asked: { least: 200_000 } })];
}

async function whole(): Promise<Figure[]> {
  const session = await openSession({ trades: 200_000 + RUNS * (SUSTAINED + BURST), seed: 5, dense: 4 });
  try {
    await session.send({ count: 200_000 });
    const [byWall, byCpu, burst]: [number[], number[], number[]] = [[], [], []];
    for (let run = 0; run < RUNS; run++) {
      let [began, before] = [performance.now(), cpu()];
      await session.send({ count: SUSTAINED });
      byWall.push(SUSTAINED / ((performance.now() - began) / 1000));
      byCpu.push(SUSTAINED / ((cpu() - before) / 1e6));
      [began, before] = [performance.now(), cpu()];
      await session.send({ count: BURST });
      burst.push((performance.now() - began) / 1000);
    }
    const { trades, rows } = session.supervisor.chain.counts();
    const note = `${trades} trades, ${rows} rows, none lost`;
    return [
      summary('frame to publication', 'trades/s of CPU', byCpu, { asked: { least: 50_000 }, note }),
      summary('the same', 'trades/s', byWall, { note: 'the sender needs a core of its own' }),
      summary(`a burst of ${BURST} is used`, 's', burst),
      summary('journal', 'bytes/trade', [session.journalBytes() / trades], {
        note: `of ${(rows / trades).toPrecision(3)} rows a trade`,
      }),
    ];
  } finally {
    await session.close();
  }
}
