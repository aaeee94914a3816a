/**
 * What releases did: the rows of a session against those that the same events give in the order of history, which has no releases.
 * Both had the same trades, so a row that differs is one that went out before all had come: data, not code.
 */
import { formatTime } from 'minotaur-core/internal/base/time';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import type { EmittedRow, RecordedState } from 'minotaur-core/internal/live/record';
import { appendTrade, createTradeBlock, withRoom, type TradeBlock } from 'minotaur-core/internal/trades/trade';
import { pushesIn } from '../../journal/pushes.ts';
import { inTurns, type HoleAt } from '../harness/in-turns.ts';
import type { MakeEngine } from '../harness/sides.ts';
import { HISTORY } from '../harness/stretch.ts';
import { pushTurn } from '../harness/turns.ts';
import type { ShadowEntry } from './shadow-code.ts';
import { rowDivergence } from './shadow-difference.ts';

/** What releases did to the rows. */
export interface ReleaseFindings {
  /** How often rows were let go. */
  readonly releases: number;
  /** Rows that went out incomplete because of them, and that history has complete or with other values. */
  readonly rows: number;
  /** Of these, rows with other values than history has. */
  readonly changed: number;
  /** Rows with other values than history has that went out as complete: nothing excuses them. */
  readonly unsaid: number;
  /** Rows of sessions with releases that are as history has them. */
  readonly same: number;
  /** The first row that differs: its time, and the first column whose value does. */
  readonly first: { readonly time: number; readonly feature: string } | undefined;
}

export interface ReleaseWatch {
  /** The entries, as they are read. */
  watch(entries: Iterable<ShadowEntry>): Iterable<ShadowEntry>;
  /** Undefined where nothing was released. */
  findings(): ReleaseFindings | undefined;
}

interface Session {
  readonly state: RecordedState | undefined;
  readonly epoch: number | undefined;
  readonly before: number;
  readonly entries: ShadowEntry[];
  releases: number;
}

/**
 * Keeps the events of sessions of several instruments, some 200 bytes each; of one instrument nothing ever waits. Where there are
 * series, history is not made anew: a row of one counts from when it came, among events that the order of history moves.
 */
export function watchReleases(make: MakeEngine): ReleaseWatch {
  const { plan } = make({});
  const sessions: Session[] = [];
  return {
    *watch(entries) {
      const hasSeries = plan.clocks.some(({ source }) => source.type === 'series');
      for (const entry of entries) {
        yield entry;
        const { record } = entry;
        if (plan.instruments.length === 1 || hasSeries) continue;
        if (record.kind === 'start' || (record.kind === 'snapshot' && sessions.length === 0)) {
          const epoch = record.kind === 'start' ? record.epoch : undefined;
          sessions.push({ state: record.state, epoch, before: record.rows, entries: [], releases: 0 });
        } else sessions.at(-1)?.entries.push(entry);
        if (record.kind === 'release') (sessions.at(-1) as Session).releases++;
      }
    },
    findings() {
      const released = sessions.filter(({ releases }) => releases > 0);
      if (released.length === 0) return undefined;
      const sum = { releases: 0, rows: 0, changed: 0, unsaid: 0, same: 0 };
      let first: ReleaseFindings['first'];
      for (const session of released) {
        const found = compareWithHistory(session, make);
        first ??= found.first;
        for (const key of ['releases', 'rows', 'changed', 'unsaid', 'same'] as const) sum[key] += found[key];
      }
      return { ...sum, first };
    },
  };
}

/** The trades that a session used, by instrument, and the holes that it was told of. */
function lanesOf({ entries }: Session, { instruments }: Plan) {
  const lanes: Record<string, TradeBlock> = Object.fromEntries(
    instruments.map(({ name }) => [name, createTradeBlock(64)]),
  );
  const holes: HoleAt[] = [];
  for (const { trades, other, refused } of pushesIn(entries)) {
    if (other?.kind === 'hole' && refused === undefined) {
      const { name } = instruments[other.instrument];
      holes.push({ instrument: name, at: lanes[name].length, hole: other.hole });
    }
    for (const trade of trades.slice(0, refused?.row)) {
      const { name } = instruments[trade.instrument];
      lanes[name] = withRoom(lanes[name]);
      appendTrade(lanes[name], trade);
    }
  }
  return { lanes, holes };
}

function compareWithHistory(session: Session, make: MakeEngine): ReleaseFindings {
  const history: EmittedRow[] = [];
  const engine = make({
    onRows({ count, width, time, values, ready, complete }) {
      for (let r = 0; r < count; r++) {
        const ordinal = session.before + history.length;
        const flags = { ready: ready[r] === 1, complete: complete[r] === 1 };
        history.push({
          kind: 'row',
          ordinal,
          time: time[r],
          values: values.slice(r * width, (r + 1) * width),
          ...flags,
        });
      }
    },
  });
  if (session.state !== undefined) engine.restore(session.state.engine, session.epoch);
  const { plan } = engine;
  const { lanes, holes } = lanesOf(session, plan);
  for (const turn of inTurns(lanes, plan.lanes.skew, holes)) pushTurn(engine, turn, HISTORY);
  const sum = { rows: 0, changed: 0, unsaid: 0, same: 0 };
  let first: ReleaseFindings['first'];
  for (const { record } of session.entries) {
    if (record.kind !== 'row') continue;
    const expected = history[record.ordinal - session.before];
    if (expected === undefined) continue;
    // Whether it is complete is the one thing that a watermark may change.
    const values = rowDivergence(
      { ...expected, trade: NaN, complete: record.complete },
      record,
      plan.columns,
      record.ordinal,
    );
    if (values === undefined && (record.complete || !expected.complete)) sum.same++;
    else {
      if (!record.complete) sum.rows++;
      if (values !== undefined) sum[record.complete ? 'unsaid' : 'changed']++;
      first ??= { time: record.time, feature: values?.feature ?? '(complete)' };
    }
  }
  return { releases: session.releases, ...sum, first };
}

/** What releases did, in a line or two. */
export function releaseLines(found: ReleaseFindings | null): string[] {
  if (found === null) return [];
  const count = (n: number): string => n.toLocaleString('en');
  const { releases, rows, changed, unsaid, same, first } = found;
  const at = first === undefined ? '' : `, first at ${formatTime(first.time)} in ${first.feature}`;
  const told = `  ${count(releases)} releases let ${count(rows)} rows out before all had come, as incomplete: ${count(changed)} have other values than history${at}; ${count(same)} rows are history's`;
  const wrong = `  ${count(unsaid)} rows went out as complete with other values than history`;
  return unsaid === 0 ? [told] : [told, wrong];
}
