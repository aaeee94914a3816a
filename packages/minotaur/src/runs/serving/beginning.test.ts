/** What a session that begins tells its readers: each instrument's holes, whatever becomes of the others'. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { planOf } from 'minotaur-core/internal/config/engine';
import { createMetrics } from '../../service/metrics/metrics.ts';
import { factsOf } from '../../service/publication/facts.ts';
import { createPublication } from '../../service/publication/publication.ts';
import type { RepairRequest } from '../../venues/joiner/contract.ts';
import { createJoiner } from '../../venues/joiner/joiner.ts';
import { listenTo } from './beginning.ts';

const plan = planOf(
  parseConfig({
    instruments: {
      BTC: { venue: 'binance-spot', symbol: 'BTCUSDT' },
      ETH: { venue: 'binance-spot', symbol: 'ETHUSDT' },
    },
    clocks: { btc: { bars: 'tick', threshold: 7, of: 'BTC' }, eth: { bars: 'tick', threshold: 7, of: 'ETH' } },
    drive: 'btc',
    features: { btc: ['close'], eth: ['close'] },
  }),
);

/** A publication, and per instrument a joiner whose notes it hears; `why`: the words of its reason `hole`. */
async function scene() {
  const publication = createPublication({ ...factsOf(plan, 'test', null), training: undefined }, { now: () => 0 });
  const metrics = await createMetrics();
  const begin = () => {
    const tell = listenTo(publication, metrics, plan.instruments, () => {});
    const joinerOf = (instrument: string) => {
      const requests: RepairRequest[] = [];
      const joiner = createJoiner('dense', {
        onTrade: () => {},
        onHole: (hole) => tell({ instrument, what: 'hole', hole }),
        onRequest: (request) => requests.push(request),
        onEvent: (event) => tell({ instrument, ...event }),
      });
      const trade = (id: number) => ({ id, time: 1000 * id, price: 100, quantity: 1, buyerMaker: true });
      return {
        say: (...ids: number[]): void => joiner.stream(ids.map(trade), 0, ids[0]),
        repair(...ids: number[]): void {
          joiner.wake(1000);
          const { number } = requests[requests.length - 1];
          joiner.answer({ number, trades: ids.map(trade), arrival: 0 }, 1001);
        },
      };
    };
    return { btc: joinerOf('BTC'), eth: joinerOf('ETH') };
  };
  const why = (): string | undefined => publication.reasons.find(({ code }) => code === 'hole')?.text;
  return { begin, why };
}

test('two trades that swap places are a reason until the second is there, and no longer', async () => {
  const { begin, why } = await scene();
  const { btc } = begin();
  btc.say(1, 3);
  assert.equal(why(), 'BTC: trades from 2 on are waited for');
  btc.say(2);
  assert.equal(why(), undefined);
});

test('what one instrument waits for is a reason while another has what it waited for', async () => {
  const { begin, why } = await scene();
  const { btc, eth } = begin();
  btc.say(1, 5);
  eth.say(11, 13);
  assert.equal(why(), 'BTC: trades from 2 on are waited for; ETH: trades from 12 on are waited for');
  eth.repair(12);
  assert.equal(why(), 'BTC: trades from 2 on are waited for');
  eth.say(15, 14);
  assert.equal(why(), 'BTC: trades from 2 on are waited for');
  btc.repair(2, 3, 4);
  assert.equal(why(), undefined);
});

test('a session that begins in place of another waits for nothing that the other waited for', async () => {
  const { begin, why } = await scene();
  begin().btc.say(1, 5);
  assert.match(why() ?? '', /BTC/);
  const { eth } = begin();
  assert.equal(why(), undefined);
  eth.say(11, 13);
  assert.equal(why(), 'ETH: trades from 12 on are waited for');
});
