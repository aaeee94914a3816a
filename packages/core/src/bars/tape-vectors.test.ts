/** Trades by loops of vectors against the plain loops: checks, ids, the tape, its returns, and the parts that are made of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from '../base/random.ts';
import { setId } from '../trades/id.ts';
import { createIntake, DEFAULT_POLICY, INTAKE_SLOTS, intakeWords, type IntakePolicy } from '../trades/intake.ts';
import { createInstrument, type Instrument } from '../trades/instrument.ts';
import { createTape, type Tape } from '../trades/tape.ts';
import { createTradeBlock, type TradeBlock } from '../trades/trade.ts';
import { addTrades, finishPart, PART_SLOTS } from './part.ts';

const TRADES = 3000;
const POLICY: IntakePolicy = { ...DEFAULT_POLICY, disorder: 'keep', times: 'drop', gaps: 'keep' };
const INSTRUMENTS: Readonly<Record<string, Instrument>> = {
  spot: createInstrument('IT', {}),
  'spot, of milliseconds': createInstrument('IT', { timeUnit: 'ms' }),
  linear: createInstrument('IT', { contract: 'linear', size: 0.001 }),
  inverse: createInstrument('IT', { contract: 'inverse', size: 100 }),
  'prices below 0': createInstrument('IT', { prices: { min: -1e6 } }),
};

/** A walk that rests, jumps and has amounts of all sizes; every `1 / odd`th row or so is none of a sound feed. */
function hostileTrades(seed: number, odd: number, lowest: number): TradeBlock {
  const random = mulberry32(seed);
  const block = createTradeBlock(TRADES);
  block.length = TRADES;
  let price = seed % 2 === 0 ? 60_000 : 0.0123;
  let time = 1_700_000_000_000_000;
  let id = seed % 3 === 0 ? 2 ** 32 - 1500 : 7;
  for (let i = 0; i < TRADES; i++) {
    if (random() < 0.6) price *= 1 + (random() - 0.5) * (i % 700 > 600 ? 0.01 : 1e-4);
    time += Math.floor(random() * 5000);
    const sizes = [1e-9, 1, 1, 1, 1e6];
    block.price[i] = i % 900 > 880 ? Math.max(lowest, -price) : price;
    block.quantity[i] = (1 + random()) * sizes[Math.floor(random() * sizes.length)];
    block.time[i] = time;
    block.side[i] = i % 800 > 780 ? NaN : random() < 0.5 ? 1 : -1;
    if (random() < odd) block.price[i] = [NaN, 0, -1, Infinity, 5e-324, 1.7e308][Math.floor(random() * 6)];
    if (random() < odd) block.quantity[i] = [NaN, 0, -1, Infinity, 5e-324, 1e300][Math.floor(random() * 6)];
    if (random() < odd) block.side[i] = [0, 2, Infinity][Math.floor(random() * 3)];
    if (random() < odd) block.time[i] = [time - 1e7, time + 0.5, NaN, time + 9e11][Math.floor(random() * 4)];
    if (random() < odd) id += Math.floor(random() * 4) - 1;
    setId(block.id, i, random() < odd ? undefined : id);
    id++;
  }
  return block;
}

/** All that is known once a block was read and made into parts of some lengths. */
function outcome(instrument: Instrument, policy: IntakePolicy, block: TradeBlock, tape: Tape): unknown[] {
  const state = new Float64Array(INTAKE_SLOTS);
  const words = new Uint32Array(intakeWords(instrument));
  const notices: unknown[] = [];
  const intake = createIntake({ policy, instrument, state, words, report: (notice) => notices.push(notice) });
  const known: unknown[] = [];
  for (let from = 0, piece = 0; from < block.length; piece++) {
    const to = Math.min(block.length, from + [1, 2, 40, 900, 33, 2048][piece % 6]);
    assert.equal(intake.read(block, from, to, tape), to);
    from = to;
    const { length, time, price, quantity, dollars, bought, logReturn, logReturnLow, direction } = tape;
    for (const column of [time, price, quantity, dollars, bought, logReturn, logReturnLow, direction])
      known.push(...column.subarray(0, length));
    known.push(...partsOf(tape));
  }
  return [...known, ...state, ...words, JSON.stringify(notices)];
}

/** Parts that begin and go on at all places of a group. */
function partsOf(tape: Tape): number[] {
  const slots: number[] = [];
  for (const steps of [[2048], [500, 64, 1, 47, 48], [3, 130, 70]]) {
    const part = new Float64Array(PART_SLOTS);
    for (let from = 0, k = 0; from < tape.length; k++) {
      const to = Math.min(tape.length, from + steps[k % steps.length]);
      addTrades(part, tape, from, to);
      slots.push(...part);
      from = to;
    }
    finishPart(part);
    slots.push(...part);
  }
  return slots;
}

for (const [name, instrument] of Object.entries(INSTRUMENTS))
  test(`${name}: vectors give the bits of the plain loops`, () => {
    for (let seed = 1; seed <= 12; seed++) {
      const block = hostileTrades(seed, [0, 0.002, 0.05][seed % 3], instrument.prices.min ?? 0.01);
      const policy = { ...POLICY, side: seed % 4 === 0 ? ('tickRule' as const) : ('none' as const) };
      const tape = createTape(TRADES);
      assert.ok(tape.vectors !== undefined);
      const found = outcome(instrument, policy, block, tape);
      const plain = outcome(instrument, policy, block, { ...createTape(TRADES), vectors: undefined });
      assert.equal(found.length, plain.length);
      const at = plain.findIndex((value, i) => !Object.is(value, found[i]));
      assert.equal(at, -1, `seed ${seed}, value ${at}: expected ${String(plain[at])}, found ${String(found[at])}`);
    }
  });
