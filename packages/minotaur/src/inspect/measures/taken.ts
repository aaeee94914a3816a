/** Trades as the chain's own intake takes them: what is wrong with them is its judgement, and there is no other. */
import type { Instrument } from 'minotaur-core/internal/trades/instrument';
import {
  createIntake,
  DEFAULT_POLICY,
  INTAKE_SLOTS,
  intakeWords,
  type IntakeCounts,
  type Notice,
} from 'minotaur-core/internal/trades/intake';
import { createTape, type Tape } from 'minotaur-core/internal/trades/tape';
import type { SourceBlock } from '../../files/trades/source-block.ts';

/** Trades that were taken, beside the rows that they came in. */
export interface Taken {
  /** Rows [from, to) of this were read. */
  readonly source: SourceBlock;
  readonly from: number;
  readonly to: number;
  readonly tape: Tape;
  /** Row of the block of each trade of the tape. */
  readonly rows: Int32Array;
  /** Names a row of the block: file and line. */
  readonly place: (row: number) => string;
}

export interface Taker {
  /** Takes the trades of a block, some at a time. */
  take(source: SourceBlock, use: (taken: Taken) => void): void;
  counts(): IntakeCounts;
}

/** Trades on the tape at once. */
const ROWS = 4096;

/** `onNotice` hears of what is wrong with rows of the block that is taken. Late trades are kept, so that they are among those that are looked at. */
export function createTaker(
  instrument: Instrument,
  onNotice: (notice: Notice, place: (row: number) => string) => void,
): Taker {
  const rows = new Int32Array(ROWS);
  const isOut = new Uint8Array(ROWS);
  let from = 0;
  let place: (row: number) => string = String;
  const intake = createIntake({
    policy: { ...DEFAULT_POLICY, disorder: 'keep', times: 'drop' },
    instrument: { ...instrument, adjustments: [] },
    state: new Float64Array(INTAKE_SLOTS),
    words: new Uint32Array(intakeWords(instrument)),
    report(notice) {
      if (notice.handling === 'drop') isOut.fill(1, notice.row - from, notice.last + 1 - from);
      onNotice(notice, place);
    },
  });
  intake.expect(undefined, Infinity);
  const tape = createTape(ROWS);
  return {
    counts: () => intake.counts(),
    take(source, use) {
      const { block } = source;
      place = source.facts.place ?? String;
      for (from = 0; from < block.length; from += ROWS) {
        const to = Math.min(block.length, from + ROWS);
        isOut.fill(0);
        intake.read(block, from, to, tape);
        let taken = 0;
        for (let i = from; i < to; i++) if (isOut[i - from] === 0) rows[taken++] = i;
        use({ source, from, to, tape, rows, place });
      }
    },
  };
}
