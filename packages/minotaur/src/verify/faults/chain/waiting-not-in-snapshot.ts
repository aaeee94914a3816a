import { planOf } from 'minotaur-core/internal/config/engine';
import { nodeHashing } from '../../../node/hashing.ts';
import { fault } from '../fault.ts';
import { enginesOf } from '../../harness/sides.ts';
import type { MakeEngine } from '../../harness/sides.ts';

/** What a snapshot says of its parts; see snapshot.ts. */
const [CHECKSUM, TEXT, DOUBLES, WORDS, HEADER] = [12, 16, 20, 24, 32];

/** `bytes` with as many doubles and words as a chain has in which nothing waits. */
function withoutWaiting(bytes: Uint8Array, doubles: number, words: number): Uint8Array<ArrayBuffer> {
  const whole = new DataView(bytes.buffer, bytes.byteOffset);
  const start = HEADER + Math.ceil(whole.getUint32(TEXT, true) / 8) * 8;
  const wordsFrom = start + 8 * whole.getUint32(DOUBLES, true);
  const cut = new Uint8Array(start + 8 * doubles + 4 * words);
  cut.set(bytes.subarray(0, start + 8 * doubles));
  cut.set(bytes.subarray(wordsFrom, wordsFrom + 4 * words), start + 8 * doubles);
  const head = new DataView(cut.buffer);
  head.setUint32(DOUBLES, doubles, true);
  head.setUint32(WORDS, words, true);
  head.setUint32(CHECKSUM, nodeHashing.crc32(cut.subarray(TEXT)), true);
  return cut;
}

/** Trades that wait to be put in order are lost with the process. */
export const waitingNotInSnapshot = fault({
  name: 'waiting-not-in-snapshot',
  imitates: 'a buffer before the chain that sorts, and that nobody saves',
  plant(sound) {
    const plan = planOf({ ...sound, trades: { ...sound.trades, reorder: { within: '5s' } } });
    const engines = enginesOf(plan);
    const empty = new DataView(engines({}).snapshot().buffer);
    const [doubles, words] = [empty.getUint32(DOUBLES, true), empty.getUint32(WORDS, true)];
    const faulty: MakeEngine = (sinks) => {
      const engine = engines(sinks);
      return { ...engine, snapshot: () => withoutWaiting(engine.snapshot(), doubles, words) };
    };
    return { plan, sides: { historical: faulty, live: faulty } };
  },
});
