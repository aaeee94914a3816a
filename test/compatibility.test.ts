/** docs/compatibility.md against the constants in the code, and what each refusal says. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import { ARTEFACT_FORMAT, decodeArtefact } from '../packages/core/src/artefact/artefact.ts';
import { SNAPSHOT_FORMAT } from '../packages/core/src/base/snapshot.ts';
import { createEngine } from '../packages/core/src/config/engine.ts';
import { CHECKPOINT_FORMAT, checkpointStep, MAGIC } from '../packages/minotaur/src/learn/loop/checkpoint.ts';
import { JOURNAL_FORMAT, encodeHeader, segmentName } from '../packages/minotaur/src/journal/format.ts';
import { openJournal } from '../packages/minotaur/src/journal/reader.ts';
import { LABELS_FORMAT, requireFacts } from '../packages/minotaur/src/store/facts.ts';
import { JOBS_FORMAT, parseJobList } from '../packages/minotaur/src/store/job-list.ts';
import { MANIFEST_FORMAT, readManifest } from '../packages/minotaur/src/store/manifest.ts';
import { readState, STATE_FORMAT, writeState } from '../packages/minotaur/src/store/state.ts';
import { createTableWriter } from '../packages/minotaur/src/files/parquet/table-writer.ts';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();
const page = readFileSync(new URL('../docs/compatibility.md', import.meta.url), 'utf8');

/** The table, by what stands in its first column. */
const rows = new Map(
  page
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, what, , format, refused]) => [what, { format: Number(format), refused }]),
);

const engine = createEngine({ clocks: { short: { bars: 'tick', threshold: 5 } }, features: { short: ['close'] } });

/** Hands in something of `format` where it is read. */
const formats: Record<string, { readonly current: number; readonly read: (format: number) => unknown }> = {
  snapshot: {
    current: SNAPSHOT_FORMAT,
    read(format) {
      const bytes = engine.snapshot();
      new DataView(bytes.buffer).setUint32(8, format, true);
      engine.restore(bytes);
    },
  },
  state: {
    current: STATE_FORMAT,
    async read(format) {
      const { instruments } = engine.plan;
      writeState(folder, { instruments, inputs: [], snapshot: engine.snapshot(), digest: new Uint8Array(32) });
      const file = join(folder, 'state.bin');
      const bytes = readFileSync(file);
      // The first format had zeros there.
      bytes.writeUInt32LE(format === 1 ? 0 : format, 12);
      writeFileSync(file, bytes);
      await readState(file);
    },
  },
  journal: {
    current: JOURNAL_FORMAT,
    read(format) {
      const directory = join(folder, `journal-${format}`);
      mkdirSync(directory);
      const { plan } = engine;
      const whose = { schema: plan.schema.lines, instruments: plan.instruments, epoch: 0, config: {} };
      const bytes = Buffer.from(encodeHeader({ segment: 1, engineVersion: '0', ...whose }));
      bytes.writeUInt32LE(format, 8);
      bytes.writeUInt32LE(crc32(bytes.subarray(0, 20)), 20);
      writeFileSync(join(directory, segmentName(1)), bytes);
      return [...openJournal(directory).records()];
    },
  },
  manifest: {
    current: MANIFEST_FORMAT,
    read(format) {
      // The first format did not say so.
      const said = { schemaId: 'x', columns: [], ...(format === 1 ? {} : { format }) };
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify(said));
      return readManifest(folder);
    },
  },
  'job list': {
    current: JOBS_FORMAT,
    read: (format) => parseJobList(JSON.stringify({ format, config: {}, jobs: [], waves: [] }), 'jobs.json'),
  },
  'labels and splits': {
    current: LABELS_FORMAT,
    async read(format) {
      const file = join(folder, `labels-${format}.parquet`);
      const facts = { schemaId: 'x', label: {}, instruments: 'any', ...(format === 1 ? {} : { format }) };
      const table = createTableWriter(file, [{ name: 'time', type: 'BIGINT' }], { facts });
      table.appendColumns(1, [Float64Array.of(1)]);
      table.commit();
      await requireFacts(file, { schemaId: 'x', label: {} as never, instruments: 'any' });
    },
  },
  artefact: {
    current: ARTEFACT_FORMAT,
    read: (format) => decodeArtefact(JSON.stringify({ format }), 'artefact.json'),
  },
  checkpoint: {
    current: CHECKPOINT_FORMAT,
    read(format) {
      const file = join(folder, 'model.onnx.checkpoint');
      const header = Buffer.from(JSON.stringify({ format, identity: {}, place: { step: 1 } }));
      const length = Buffer.alloc(4);
      length.writeUInt32LE(header.length);
      const bytes = Buffer.concat([MAGIC, length, header]);
      writeFileSync(file, Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]));
      return checkpointStep(file);
    },
  },
};

test('the page names every format, and the one that the code has', () => {
  rows.delete('what');
  rows.delete('---');
  assert.deepEqual([...rows.keys()].filter((what) => !/^-+/.test(what)).sort(), Object.keys(formats).sort());
  for (const [what, { current }] of Object.entries(formats)) {
    assert.equal(rows.get(what)?.format, current, `docs/compatibility.md says another format of ${what}`);
    const older = Array.from({ length: current - 1 }, (_, i) => i + 1);
    const told = [...(rows.get(what)?.refused ?? '').matchAll(/(\d+):/g)].map(([, format]) => Number(format));
    assert.deepEqual(told, older, `docs/compatibility.md has to say what becomes of each older format of ${what}`);
  }
});

for (const [what, { current, read }] of Object.entries(formats)) {
  for (const format of [...Array.from({ length: current - 1 }, (_, i) => i + 1), current + 1]) {
    test(`${what} of format ${format} is refused: found and expected are named`, async () => {
      const age = format < current ? 'an older version: \\w' : 'a newer version';
      await assert.rejects(
        async () => read(format),
        new RegExp(`expected .* of format ${current}, found format ${format}, of ${age}`),
      );
    });
  }
}
