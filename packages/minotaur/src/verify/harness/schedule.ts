/** The events of several instruments in another order than they were given in: any that keeps each feed's own, and the skew. */
import type { Engine } from 'minotaur-core/internal/chain/contract';
import { MOST_ROWS_WAITING } from 'minotaur-core/internal/chain/lanes';
import type { Plan } from 'minotaur-core/internal/chain/plan';
import { reachOf, type Reach } from './reach.ts';
import { HISTORY } from './stretch.ts';
import { lengthOfTurn, pushInTurn, pushTurn, sliceTurn, timeInTurn, type Turn } from './turns.ts';

/** What of a feed has been given and not been played yet. */
interface Queue {
  readonly instrument: string;
  turns: Turn[];
  /** Events of the first turn that have been played. */
  done: number;
  /** Time of the newest event that was given. */
  given: number;
}

/** What a schedule did. */
interface Played {
  /** Runs of events of one feed. */
  runs: number;
  /** Of these, such as went as far as the skew lets them. */
  reached: number;
  restores: number;
  /** Events that were too far ahead, and were refused. */
  refused: number;
}

export interface Schedule {
  readonly played: Played;
  /** Takes turns as they are given. */
  take(turns: readonly Turn[]): void;
  /** Plays on, as long as there is enough for any feed to go as far as it may; `toEnd`: all there is. What is wrong, or nothing. */
  play(engine: Engine, toEnd: boolean): string | undefined;
}

/** How a schedule is drawn. */
export interface Draw {
  readonly random: () => number;
  /** How often a feed goes as far as it may. */
  readonly eager: number;
}

const RESTORES = 0.05;
/** How often it is tried whether what is too far ahead is refused. */
const PROBES = 0.05;
/** Events of a run that is not eager, at most, and of one that is. */
const FEW = 9;
const MANY = 2000;
/** Events that are held back for feeds to run ahead, at most. */
const QUEUED = 100_000;

const createQueue = (instrument: string): Queue => ({ instrument, turns: [], done: 0, given: -Infinity });

export function createSchedule(plan: Plan, { random, eager }: Draw): Schedule {
  const reach = reachOf(plan);
  const queues = plan.instruments.map(({ name }) => createQueue(name));
  const played: Played = { runs: 0, reached: 0, restores: 0, refused: 0 };
  /** Events given and not played. */
  let queued = 0;
  /** Rows of series: nobody waits for them, so they are played first, whatever is known of them. */
  let series: Turn[] = [];

  /** Plays up to `most` events of a feed; how many it could. */
  function run(engine: Engine, queue: Queue, most: number): number {
    const { instrument } = queue;
    let count = 0;
    while (queue.turns.length > 0 && count < most) {
      const [turn] = queue.turns;
      const least = Math.min(lengthOfTurn(turn), queue.done + most - count, queue.done + roomOf(engine, instrument));
      let to = queue.done;
      while (to < least && !(timeInTurn(turn, to) > reach.of(instrument))) {
        const time = timeInTurn(turn, to++);
        // By a hole nobody has come anywhere.
        if (time > -Infinity) reach.see(instrument, time);
      }
      if (to === queue.done) break;
      if (random() < 0.5) pushTurn(engine, sliceTurn(turn, queue.done, to), HISTORY);
      else for (let i = queue.done; i < to; i++) pushInTurn(engine, turn, i, HISTORY);
      count += to - queue.done;
      queued -= to - queue.done;
      queue.done = to;
      if (to < lengthOfTurn(turn)) continue;
      queue.turns.shift();
      queue.done = 0;
    }
    return count;
  }

  const hasEnough = (): boolean => {
    const newest = Math.min(...queues.map(({ instrument }) => newestOf(reach, instrument)));
    return queued > QUEUED || queues.every(({ given }) => given > newest + plan.lanes.skew);
  };

  function take(turns: readonly Turn[]): void {
    series.push(...turns.filter(({ kind }) => kind === 'series'));
    for (const turn of turns) {
      if (turn.kind === 'series') continue;
      const queue = queues.find(({ instrument }) => instrument === turn.instrument) as Queue;
      queue.turns.push(turn);
      queued += lengthOfTurn(turn);
      queue.given = Math.max(queue.given, timeInTurn(turn, lengthOfTurn(turn) - 1));
    }
  }

  return {
    played,
    take,
    play(engine, toEnd) {
      for (const turn of series) pushTurn(engine, turn, HISTORY);
      series = [];
      const stuck = new Set<Queue>();
      const goesOn = toEnd ? () => true : hasEnough;
      while (stuck.size < queues.length && goesOn()) {
        const queue = queues[Math.floor(random() * queues.length)];
        const isEager = random() < eager;
        const most = isEager ? MANY : 1 + Math.floor(random() * FEW);
        const count = run(engine, queue, most);
        if (count === 0) stuck.add(queue);
        else stuck.clear();
        if (count > 0) played.runs++;
        if (isEager && count > 0 && queue.turns.length > 0 && count < most) played.reached++;
        const wrong = random() < PROBES ? probe(engine, queue, reach, played) : undefined;
        if (wrong !== undefined) return wrong;
        if (random() >= RESTORES) continue;
        engine.restore(engine.snapshot());
        played.restores++;
      }
      return toEnd && queued > 0 ? `${queued} events can be played in no order` : undefined;
    },
  };
}

/** Events of a feed at once: of the driving one so few that no row is one too many to wait. */
function roomOf(engine: Engine, instrument: string): number {
  const { clocks, drive, instruments } = engine.plan;
  if (instrument !== instruments[clocks[drive].instrument].name) return Infinity;
  const room = MOST_ROWS_WAITING - engine.counts().waitingRows;
  if (room <= 0) return 0;
  return clocks[drive].source.type === 'rule' ? Math.max(1, room >> 1) : 1;
}

/** Tries the next event of a feed that is too far ahead; what is wrong where it is not refused, or leaves a trace. */
function probe(
  engine: Engine,
  { instrument, turns: [turn], done }: Queue,
  reach: Reach,
  played: Played,
): string | undefined {
  if (turn === undefined || !(timeInTurn(turn, done) > reach.of(instrument))) return undefined;
  const before = engine.snapshot();
  played.refused++;
  const what = `event of ${instrument} of time ${timeInTurn(turn, done)}, more than the skew ahead of the others`;
  try {
    pushInTurn(engine, turn, done, HISTORY);
  } catch {
    const same = Buffer.compare(before, engine.snapshot()) === 0;
    return same ? undefined : `an ${what}, was refused and left a trace in the state`;
  }
  return `expected an ${what}, to be refused, found it taken`;
}

/** Before its first event a feed has come nowhere. */
function newestOf(reach: Reach, instrument: string): number {
  const newest = reach.newest(instrument);
  return newest === newest ? newest : -Infinity;
}
