/** What a session of `live` cannot be is said before a port is taken, a venue is asked, or anything is kept. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { ConfigInput } from 'minotaur-core/internal/config/config';
import { copyTrades } from 'minotaur-core/internal/trades/trade';
import { simulate } from '../../files/simulate.ts';
import { writeArtefact } from '../../store/artefact.ts';
import { learnFrom } from '../../verify/faults/learned-fixture.ts';
import { live } from './live.ts';

const folder = mkdtempSync(join(tmpdir(), 'minotaur-refused-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const chain = (threshold: number, feature = 'mom(close, 3)'): ConfigInput => ({
  clocks: { s: { bars: 'tick', threshold } },
  features: { s: ['close', feature] },
  label: { method: 'horizon', after: 8 },
});
const nobody = (): void => assert.fail('it listens');

test('an instrument without a venue', async () => {
  const journal = join(folder, 'venueless');
  await assert.rejects(live({ config: chain(5), journal, port: 0, onListening: nobody }), {
    kind: 'config',
    message: /instruments\..*: expected venue: the one to listen to, found none/,
  });
  assert.equal(existsSync(journal), false);
});

test('an artefact of another chain, with the first difference', async () => {
  const market = copyTrades([...simulate({ trades: 6000, seed: 3 })][0]);
  const instruments = { BTCUSDT: { venue: 'binance-spot' } };
  const { learned } = await learnFrom({ ...chain(5), instruments }, [market]);
  const artefact = join(folder, 'artefact.json');
  writeArtefact(artefact, learned.artefact);
  const refused = async (config: ConfigInput, message: RegExp): Promise<void> => {
    const journal = join(folder, 'other');
    const order = { config: { ...config, instruments }, journal, artefact, model: join(folder, 'model.onnx') };
    await assert.rejects(live({ ...order, port: 0, bootstrap: [], onListening: nobody }), { kind: 'state', message });
    assert.equal(existsSync(join(journal, 'models')), false);
  };
  await refused(chain(5, 'mom(close, 4)'), /artefact\.json, column 2: expected 'mom_3_s', as the artefact was/);
  await refused(chain(7), /artefact\.json, schema: .*the same columns of another chain/);
});
