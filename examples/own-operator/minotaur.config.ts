/**
 * A configuration that is a module: the only place for operators of your own. Try it:
 *
 *     npx minotaur check examples/own-operator/minotaur.config.ts
 *     npx minotaur verify --trades trades.parquet --config examples/own-operator/minotaur.config.ts
 */
import { apply, column, feature, ops, range, type ConfigInput } from 'minotaur';
import { upShare } from './up-share.ts';

const config: ConfigInput = {
  symbol: 'BTCUSDT',
  clocks: {
    short: { bars: 'dollar', threshold: 500_000, suffix: '_db_s' },
    '1min': { bars: 'time', every: '1min', suffix: '_tb_1min' },
  },
  operators: [upShare],
  features: {
    short: [
      'up_share(20)',
      feature(apply('up_share', 50)),
      feature(ops.ema(column('close'), 12), 'trend'),
      feature(ops.lag(ops.logReturn(column('close')), range(1, 3)), 'log_return_lag'),
    ],
    '1min': [{ preset: 'prices' }],
  },
};

export default config;
