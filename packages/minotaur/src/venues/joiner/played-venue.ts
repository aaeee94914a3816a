/** For tests: a venue that plays trades in its own time, with the faults that venues have, in front of a joiner. */
import { mulberry32 } from 'minotaur-core/internal/base/random';
import type { Trade } from 'minotaur-core/internal/trades/trade';
import type { Arrived, JoinedHole, Joiner, JoinerEvent, JoinerSinks, RepairRequest } from './contract.ts';

/** How often each fault is played, as a share of trades or requests. */
export interface Faults {
  /** The connection is lost; it comes back after 50 to 3,000 ms. */
  readonly disconnect: number;
  /** Nobody says that a trade of the stream was lost. */
  readonly lose: number;
  readonly swap: number;
  readonly repeat: number;
  /** REST refuses, and says when to come again. */
  readonly refuse: number;
  /** REST gives fewer than it has. */
  readonly half: number;
}

/** Names of the faults. */
export type Fault = keyof Faults;

/** A market as the venue has it. */
export interface Market {
  readonly ids: 'dense' | 'rising' | 'unique';
  readonly trades: number;
  /** Share of ids that no one has. */
  readonly official: number;
  /** Trades of before in the first frame of a connection. */
  readonly greeting: number;
  /** Trades of one REST answer. */
  readonly page: number;
  /** Milliseconds for which REST does not have a trade yet. */
  readonly lag: number;
}

/** What came of it. */
export interface Played {
  readonly truth: readonly Trade[];
  readonly handed: readonly Arrived[];
  readonly holes: readonly JoinedHole[];
  readonly events: readonly JoinerEvent[];
  readonly fired: Readonly<Record<Fault, number>>;
  readonly joiner: Joiner;
}

interface Step {
  readonly at: number;
  readonly order: number;
  run(now: number): void;
}

/** Steps in order of their time. */
function createAgenda() {
  const steps: Step[] = [];
  let order = 0;
  return {
    add(at: number, run: (now: number) => void): void {
      const step = { at, order: order++, run };
      let i = steps.length;
      while (i > 0 && steps[i - 1].at > at) i--;
      steps.splice(i, 0, step);
    },
    next: (): Step | undefined => steps.shift(),
    peek: (): number => steps[0]?.at ?? Infinity,
  };
}

function truthOf({ ids, trades, official }: Market, uniform: () => number): Trade[] {
  let id = 1000;
  let time = 1_700_000_000_000_000;
  return Array.from({ length: trades }, () => {
    time += 1000 * Math.floor(uniform() * 12);
    if (ids === 'dense') id += uniform() < official ? 1 + Math.ceil(uniform() * 5) : 1;
    else id += 1 + Math.floor(uniform() * 20);
    const name = ids === 'unique' ? `t${Math.floor(uniform() * 1e9)}-${id}` : id;
    const price = 100 + Math.floor(uniform() * 100) / 10;
    return { id: name, time, price, quantity: Math.ceil(uniform() * 1000) / 1000, buyerMaker: uniform() < 0.5 };
  });
}

const BEGIN = 1_700_000_000_000_000;

/** Plays a market through a joiner to its end, and half a minute of silence behind it. */
export function play(seed: number, market: Market, faults: Faults, make: (sinks: JoinerSinks) => Joiner): Played {
  const uniform = mulberry32(seed);
  const truth = truthOf(market, uniform);
  const agenda = createAgenda();
  const [handed, holes, events]: [Arrived[], JoinedHole[], JoinerEvent[]] = [[], [], []];
  const fired: Record<Fault, number> = { disconnect: 0, lose: 0, swap: 0, repeat: 0, refuse: 0, half: 0 };
  /** A session begins undisturbed: what is older than its first trade is none of it. */
  const fires = (fault: Fault): boolean => {
    const does = uniform() < faults[fault] && handed.length > 5;
    if (does) fired[fault]++;
    return does;
  };
  const millisOf = (trade: Trade): number => (trade.time - BEGIN) / 1000;
  const arrivalAt = (now: number): number => BEGIN + Math.round(1000 * now);

  const answerTo = ({ number, after, reason }: RepairRequest, now: number): void => {
    if (fires('refuse')) return joiner.failed(number, now, 200);
    const visible = truth.filter((trade) => millisOf(trade) <= now - market.lag);
    const from = after === undefined ? -market.page : visible.findIndex((trade) => trade.time >= after.time - 500_000);
    const behind = from === -1 ? [] : visible.slice(from);
    // By id where ids are dense; by time, with what was before, where they only rise.
    const asked = market.ids === 'dense' ? visible.filter(({ id }) => Number(id) > Number(after?.id)) : behind;
    let page = asked.slice(0, market.page);
    if (reason !== 'audit' && market.ids === 'dense' && page.length > 1 && fires('half'))
      page = page.slice(0, Math.ceil(page.length / 2));
    joiner.answer({ number, trades: page, arrival: arrivalAt(now) }, now);
  };
  const joiner = make({
    onTrade: (arrived) => handed.push(arrived),
    onHole: (hole) => holes.push(hole),
    onRequest: (request) => agenda.add(clock + 20 + 80 * uniform(), (now) => answerTo(request, now)),
    onEvent: (event) => events.push(event),
  });

  let clock = 0;
  let connected = true;
  const deliver = (trades: readonly Trade[], at: number): void =>
    agenda.add(at, (now) => {
      if (connected) joiner.stream(trades, arrivalAt(now), now);
    });
  const reconnect = (now: number): void => {
    connected = true;
    joiner.connected(now);
    const before = truth.filter((trade) => millisOf(trade) < now);
    if (market.greeting > 0 && before.length > 0) joiner.stream(before.slice(-market.greeting), arrivalAt(now), now);
  };
  for (const trade of truth)
    agenda.add(millisOf(trade), (now) => {
      if (!connected) return;
      if (fires('disconnect')) {
        connected = false;
        agenda.add(now + 50 + 2950 * uniform(), reconnect);
        return;
      }
      if (fires('lose')) return;
      deliver([trade], fires('swap') ? now + 25 : now + 2);
      if (fires('repeat')) deliver([trade], now + 3);
    });
  const end = millisOf(truth[truth.length - 1]) + 30_000;
  agenda.add(end - 29_000, (now) => joiner.probe(now));
  playOut(agenda, joiner, end, (now) => (clock = now));
  return { truth, handed, holes, events, fired, joiner };
}

/** Time goes on from one thing to the next until `end`. */
function playOut(
  agenda: ReturnType<typeof createAgenda>,
  joiner: Joiner,
  end: number,
  at: (now: number) => void,
): void {
  for (let clock = 0; ;) {
    const due = Math.max(clock, joiner.due());
    if (Math.min(due, agenda.peek()) > end) return;
    const step = due < agenda.peek() ? undefined : agenda.next();
    clock = step?.at ?? due;
    at(clock);
    if (step === undefined) joiner.wake(clock);
    else step.run(clock);
  }
}
