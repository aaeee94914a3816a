/** Whole configurations by name. */
import type { ConfigInput } from './schema.ts';

const dollarBars = [{ preset: 'bars' }, { preset: 'dollar' }];
const timeBars = [{ preset: 'bars' }, { preset: 'time' }];

/** Configurations by name, for `createEngine` and `--config`. */
export const presets: Readonly<Record<string, ConfigInput>> = {
  minotaur: {
    clocks: {
      short: { bars: 'dollar', threshold: 2_000_000, suffix: '_db_s' },
      medium: { from: 'short', count: 10, suffix: '_db_m' },
      long: { from: 'medium', count: 16, suffix: '_db_l' },
      '1min': { bars: 'time', every: '1min', suffix: '_tb_1min' },
      '15min': { bars: 'time', every: '15min', suffix: '_tb_15min' },
      '4hour': { bars: 'time', every: '4hour', suffix: '_tb_4hour' },
    },
    drive: 'short',
    features: {
      short: dollarBars,
      medium: dollarBars,
      long: dollarBars,
      '1min': timeBars,
      '15min': timeBars,
      '4hour': timeBars,
    },
  },
};
