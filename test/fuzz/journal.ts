/** Segments of a journal, damaged, and as somebody who knows the check sums would write them: read, or refused by name. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { MinotaurError } from '../../packages/core/src/base/errors.ts';
import type { Uniform } from '../../packages/core/src/base/random.ts';
import { recordEngine } from '../../packages/core/src/live/recording.ts';
import { tradeAt } from '../../packages/core/src/trades/trade.ts';
import { simulate } from '../../packages/minotaur/src/files/simulate.ts';
import { decodeHeader, RECORD_HEAD, segmentName } from '../../packages/minotaur/src/journal/format.ts';
import { openJournal } from '../../packages/minotaur/src/journal/reader.ts';
import { createJournal } from '../../packages/minotaur/src/journal/writer.ts';
import { createEngine } from '../../packages/minotaur/src/node/engine.ts';
import type { Target } from './fuzz.ts';
import { mutate } from './mutate.ts';

/** A segment with every kind of event. */
function segment(folder: string): Buffer {
  const [block] = simulate({ trades: 400, seed: 2 });
  const recorder = createJournal(folder);
  const engine = recordEngine(recorder, (sinks) =>
    createEngine({ clocks: { s: { bars: 'tick', threshold: 5 } }, features: { s: ['close', 'sma(close, 3)'] } }, sinks),
  );
  engine.push(block.time.length > 0 ? tradeAt(block, 0) : block, { arrival: block.time[0] + 5, origin: 'a stream' });
  for (let i = 1; i < 60; i++) engine.push(tradeAt(block, i));
  const { time } = engine.lastEvent() ?? { time: 0 };
  engine.hole({ from: time, to: time + 5, missing: 3 });
  engine.snapshot();
  engine.advance(time + 1_000_000);
  engine.stop();
  recorder.flush();
  return readFileSync(join(folder, segmentName(1)));
}

/** Where records begin. */
function recordsOf(bytes: Buffer): number[] {
  const begins: number[] = [];
  let at = bytes.length;
  try {
    at = decodeHeader(bytes, '')?.end ?? at;
  } catch {
    // No header, no records.
  }
  for (; at + RECORD_HEAD <= bytes.length; at += RECORD_HEAD + bytes.readUInt32LE(at)) begins.push(at);
  return begins;
}

/** Another body in one record, its check sums right. */
function forged(bytes: Buffer, uniform: Uniform, other: Buffer): Buffer {
  const begins = recordsOf(bytes);
  if (begins.length === 0 || uniform() < 0.2) return mutate(bytes, uniform, other);
  const at = begins[Math.floor(begins.length * uniform())];
  const end = at + RECORD_HEAD + bytes.readUInt32LE(at);
  const body = mutate(Buffer.from(bytes.subarray(at + RECORD_HEAD, end)), uniform, other);
  const head = Buffer.from(bytes.subarray(at, at + RECORD_HEAD));
  head.writeUInt32LE(body.length, 0);
  // Now and then it says that it is of another kind.
  if (uniform() < 0.2) head[4] = 1 + Math.floor(20 * uniform());
  const check = crc32(head.subarray(0, 8));
  head.writeUInt32LE(check, 8);
  head.writeUInt32LE(crc32(body, check), 12);
  return Buffer.concat([bytes.subarray(0, at), head, body, bytes.subarray(end)]);
}

export function journal(): Target {
  const folder = mkdtempSync(join(tmpdir(), 'minotaur-fuzz-'));
  const seed = segment(folder);
  const file = join(folder, segmentName(1));
  return {
    seeds: [seed],
    mutate: forged,
    run(input) {
      writeFileSync(file, input);
      try {
        for (const { record } of openJournal(folder).records()) if (record.kind === 'row') void record.values.length;
      } catch (error) {
        if (!(error instanceof MinotaurError)) throw error;
      }
      return undefined;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
