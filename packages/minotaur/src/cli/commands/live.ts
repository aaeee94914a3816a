/** `minotaur live`. */
import { printable } from 'minotaur-core/internal/base/printable';
import { fail } from 'minotaur-core/internal/base/errors';
import { live, type LiveReport } from '../../runs/serving/live.ts';
import { waysOf } from '../../runs/serving/warm-start.ts';
import { liveDemo } from '../../runs/serving/live-demo.ts';
import { interruption } from '../interruption.ts';
import { namedFiles } from '../named-files.ts';
import { failUnless } from '../output.ts';

export interface LiveFlags {
  readonly config?: string;
  readonly journal: string;
  readonly history?: readonly string[];
  readonly bootstrap: string;
  readonly bootstrapSeconds: number;
  readonly acceptRevised?: true;
  readonly artefact?: string;
  readonly model?: string;
  readonly onHole: string;
  readonly streamUrl?: readonly string[];
  readonly restUrl?: readonly string[];
  readonly dumpUrl?: readonly string[];
  readonly shadow?: string;
  readonly keep?: number;
  readonly webhook?: string;
  readonly bus?: string;
  readonly busSettings?: string;
  readonly chain?: string;
  readonly host: string;
  readonly port: number;
  readonly tokens?: string;
  readonly origin?: readonly string[];
  readonly demo?: true;
  readonly speed: number;
  readonly seed: number;
}

const say = (url: string): void => {
  console.log(
    `${url}   the page that shows it\n  ${url}/v1/status   what it is doing\n  ${url}/v1/rows/latest   the newest row\n  ${url}/metrics\nControl-C ends it.`,
  );
};

/** `VENUE=URL`, one or several. */
function byVenue(flag: string, values: readonly string[] = []): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const value of values) {
    const at = value.indexOf('=');
    if (at <= 0) fail('config', flag, 'VENUE=URL, as in binance-spot=wss://example.org/', `'${value}'`);
    found.set(value.slice(0, at), [...(found.get(value.slice(0, at)) ?? []), value.slice(at + 1)]);
  }
  return found;
}

/** SIGHUP, as services are told to read their files anew. */
function onHangup(replace: () => void): () => void {
  process.on('SIGHUP', replace);
  return () => process.off('SIGHUP', replace);
}

/** What the demo takes, and what is of it alone. */
const OF_DEMO = ['--demo', '--speed', '--seed'];
const DEMO = [...OF_DEMO, '--journal', '--port'];

/** Its venue, its market and its chain are its own: what it would not heed is refused. */
function requireHeeded({ demo }: LiveFlags, given: readonly string[]): void {
  const unheeded = given.find((name) => (demo ? !DEMO.includes(name) : OF_DEMO.includes(name)));
  if (unheeded === undefined) return;
  const expected = demo ? `${DEMO.slice(1).join(', ')} beside --demo` : '--demo beside it';
  fail('config', demo ? 'live --demo' : unheeded, expected, demo ? unheeded : 'none');
}

/** @param given the flags as they were written */
export async function liveCommand(flags: LiveFlags, given: readonly string[]): Promise<void> {
  requireHeeded(flags, given);
  const { signal } = interruption();
  const { port, journal, seed, speed } = flags;
  if (flags.demo) return end(await liveDemo({ out: journal, port, seed, speed, signal, onListening: say }));
  const { config, onHole, origin } = flags;
  if (config === undefined) fail('config', 'live', '--config, or --demo', 'neither');
  if (onHole !== 'stop' && onHole !== 'degrade') fail('config', '--on-hole', 'stop or degrade', `'${onHole}'`);
  const streams = byVenue('--stream-url', flags.streamUrl);
  const rests = byVenue('--rest-url', flags.restUrl);
  const dumps = byVenue('--dump-url', flags.dumpUrl);
  const addresses = Object.fromEntries(
    [...new Set([...streams.keys(), ...rests.keys(), ...dumps.keys()])].map((venue) => [
      venue,
      { stream: streams.get(venue), rest: rests.get(venue)?.[0], dumps: dumps.get(venue)?.[0] },
    ]),
  );
  const webhookSecret = process.env.MINOTAUR_WEBHOOK_SECRET;
  const history = namedFiles('--history', flags.history) ?? flags.history;
  const bootstrap = waysOf(flags.bootstrap);
  const { host, tokens, artefact, model, bootstrapSeconds, acceptRevised, shadow, keep, webhook } = flags;
  const { bus, busSettings, chain } = flags;
  const served = { journal, host, port, tokens, origins: origin, addresses };
  const begun = { config, artefact, model, history, bootstrap, bootstrapSeconds, acceptRevised };
  const beside = { shadow, keep, webhook, webhookSecret, bus, busSettings, chain };
  end(await live({ ...served, ...begun, ...beside, onHole, signal, onListening: say, onHangup }));
}

function end({ why, reason, trades, rows, epoch }: LiveReport): void {
  const counted = `${trades.toLocaleString('en')} trades, ${rows.toLocaleString('en')} rows, epoch ${epoch}`;
  console.log(
    why === 'told' ? `ended as told: ${counted}` : `ended by itself (${why}): ${printable(reason ?? '')}\n${counted}`,
  );
  if (why === 'told') interruption().settled();
  failUnless(why === 'told');
}
