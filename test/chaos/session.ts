/** A process of its own with a live session, to be killed: what it is to do stands in its argument, as JSON. */
import type { LiveOptions } from '../../packages/minotaur/src/runs/serving/live-options.ts';
import { live } from '../../packages/minotaur/src/runs/serving/live.ts';
import { surroundingsAt, type Pace } from './surroundings.ts';

export interface SessionOrder extends Pick<LiveOptions, 'config' | 'journal' | 'addresses'> {
  readonly pace: Pace;
}

const { pace, ...order } = JSON.parse(process.argv[2]) as SessionOrder;
const abort = new AbortController();
process.once('SIGTERM', () => abort.abort());
const report = await live({
  ...order,
  port: 0,
  around: surroundingsAt(pace),
  signal: abort.signal,
  onListening: (url) => void process.send?.({ url }),
});
process.send?.({ report });
process.disconnect();
