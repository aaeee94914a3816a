/** Experiments and verdicts, over functions in this process: what each kind of leak is found as, and that sound columns are not. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mulberry32 } from 'minotaur-core/internal/base/random';
import { judge, type Judged, type JudgeOptions } from './foreign.ts';
import type { ColumnReport } from './verdicts/column.ts';
import { shareFound } from './experiments/plan.ts';
import { timesOf, type ForeignTable } from './table/table.ts';
import type { Asked, Target } from './target/target.ts';

const ROWS = 900;

function market(): ForeignTable {
  const random = mulberry32(11);
  const close = new Float64Array(ROWS);
  let price = 100;
  for (let i = 0; i < ROWS; i++) close[i] = price *= 1 + (random() - 0.5) * 0.004;
  const open = close.map((value, i) => (i === 0 ? value : close[i - 1]));
  const column = (name: string, values: Float64Array) => ({ name, type: 'number' as const, values });
  return {
    time: 'time',
    form: 'utc',
    index: false,
    rows: ROWS,
    columns: [
      { name: 'time', type: 'time', values: Float64Array.from({ length: ROWS }, (_, i) => 1.7e15 + i * 6e7) },
      column('open', open),
      column(
        'high',
        close.map((value, i) => Math.max(value, open[i]) * 1.001),
      ),
      column(
        'low',
        close.map((value, i) => Math.min(value, open[i]) * 0.999),
      ),
      column('close', close),
      column(
        'volume',
        close.map(() => 1 + random() * 50),
      ),
    ],
    ordinals: Int32Array.from({ length: ROWS }, (_, i) => i),
    later: 0,
  };
}

type Compute = (close: Float64Array, asked: Asked) => Float64Array;

/** A target that computes columns of the closes; `last` rows of the table it gives none for. */
function targetOf(columns: Readonly<Record<string, Compute>>, dropped = 0): Target {
  return {
    name: 'test',
    ran: [],
    loading: [],
    isWatched: true,
    async run(asked) {
      const { table } = asked;
      const close = table.columns.find(({ name }) => name === 'close')?.values as Float64Array;
      const rows = table.rows - dropped;
      const made = Object.entries(columns).map(
        ([name, compute]) => [name, compute(close, asked).subarray(0, rows)] as const,
      );
      return { rows, columns: new Map(made), time: timesOf(table).slice(0, rows), words: [], seconds: 0, seen: [] };
    },
    close: async () => {},
  };
}

async function judged(
  columns: Readonly<Record<string, Compute>>,
  options: Partial<JudgeOptions> = {},
  dropped = 0,
): Promise<Judged> {
  const budget = { runs: 400, seconds: 60, lanes: 4 };
  return judge(targetOf(columns, dropped), market(), { budget, seed: 1, ...options });
}

const find = ({ columns }: Judged, name: string): ColumnReport =>
  columns.find((column) => column.name === name) as ColumnReport;
const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const ahead =
  (rows: number): Compute =>
  (close) =>
    close.map((_, i) => close[i + rows] ?? NaN);
const lag: Compute = (close) => close.map((value, i) => value - (close[i - 1] ?? NaN));
const ema: Compute = (close) => {
  let level = close[0];
  return close.map((value) => (level += 0.1 * (value - level)));
};

test('a shift, a centred window and a statistic of the whole are found, with reach and input', async () => {
  const found = await judged({
    shift: ahead(3),
    centred: (close) => close.map((_, i) => mean(close.subarray(Math.max(0, i - 4), i + 5))),
    demeaned: (close) => close.map((value) => value - mean(close)),
    lag,
  });
  assert.equal(found.holds, false);
  const reach = (name: string): unknown => find(found, name).reach;
  assert.deepEqual(reach('shift'), { rows: 3, isWhole: false, inputs: ['close'] });
  assert.deepEqual(reach('centred'), { rows: 4, isWhole: false, inputs: ['close'] });
  assert.equal(find(found, 'demeaned').reach?.isWhole, true);
  assert.match(find(found, 'shift').text, /3 rows ahead, of close; seen by .*; it is close of that row/);
  assert.deepEqual(
    found.columns.map(({ verdict }) => verdict),
    ['future', 'future', 'future', 'clean'],
  );
});

test('where the budget ends before it is traced, a gap adds nothing to how far a column looks ahead', async () => {
  const centred: Compute = (close) => close.map((_, i) => mean(close.subarray(Math.max(0, i - 4), i + 5)));
  const found = await judged({ centred }, { budget: { runs: 46, seconds: 60, lanes: 1 } });
  const { reach, counts, text } = find(found, 'centred');
  assert.deepEqual([reach, counts.bridged.hits], [null, 1]);
  assert.match(text, /at least 4 rows ahead/);
});

test('what a cut changes and no other future does is the edge; what a length changes is not', async () => {
  const found = await judged({
    late: (close) => close.map((value, i) => (i >= close.length - 2 ? NaN : value)),
    share: (close) => close.map((_, i) => i / close.length),
  });
  assert.equal(find(found, 'late').verdict, 'edge');
  assert.match(find(found, 'late').text, /last 2 rows depend/);
  assert.equal(find(found, 'share').verdict, 'future');
  assert.match(find(found, 'share').text, /how many rows there are/);
});

test('a value that comes back at the start from later rows is found, and one behind a bar without values', async () => {
  const back = (values: Float64Array): Float64Array => {
    const out = values.slice();
    for (let i = out.length - 2; i >= 0; i--) if (out[i] !== out[i]) out[i] = out[i + 1];
    return out;
  };
  const found = await judged({
    start: (close) => back(close.map((value, i) => (i < 12 ? NaN : value))),
    holes: (close) => back(close),
    kept: (close) => close.map((value, i) => (value === value ? value : (close[i - 1] ?? NaN))),
  });
  assert.deepEqual(find(found, 'start').reach, { rows: 12, isWhole: false, inputs: ['close'] });
  assert.match(find(found, 'holes').text, /fills bars without values from later ones/);
  assert.equal(find(found, 'kept').verdict, 'clean');
});

test('what differs from run to run is unstable, and says by what', async () => {
  const found = await judged({
    chance: (close) => close.map((value) => value + Math.random()),
    seed: (close, { seed }) => close.map((value) => value + seed),
    zone: (close, { zone }) => close.map((value) => value + zone.length),
    clock: (close, { clock = 0 }) => close.map((value) => value + clock),
    state: (close, { twice = false }) => close.map((value) => value + (twice ? 1 : 0)),
    hashes: (close, { fresh = false }) => close.map((value) => value + (fresh ? 1 : 0)),
    lag,
  });
  const said = Object.fromEntries(found.columns.map(({ name, verdict, text }) => [name, `${verdict} ${text}`]));
  assert.match(said['chance'], /^unstable is another one in a second run/);
  assert.match(said['seed'], /^unstable follows the seed/);
  assert.match(said['zone'], /^unstable follows the time zone/);
  assert.match(said['clock'], /^unstable follows the clock/);
  assert.match(said['state'], /^unstable .*second call/);
  assert.match(said['hashes'], /^unstable .*new interpreter/);
  assert.match(said['lag'], /^clean/);
});

test('a column that speaks seldom is cut where it speaks', async () => {
  const found = await judged({
    peak: (close) => close.map((_, i) => (i % 173 === 50 && close[i + 1] > 0 ? close[i + 1] : 0)),
  });
  assert.equal(find(found, 'peak').verdict, 'future');
  assert.equal(find(found, 'peak').reach?.rows, 1);
});

test('labels are allowed to look ahead, and a feature that is one is named', async () => {
  const found = await judged({ target: ahead(5), copy: ahead(5), lag }, { labels: ['target'] });
  assert.equal(find(found, 'target').verdict, 'label');
  assert.equal(find(found, 'copy').verdict, 'future');
  assert.ok(find(found, 'copy').notes.includes('is the label target, value for value'));
  assert.equal((await judged({ target: ahead(5), lag }, { labels: ['target'] })).holds, true);
});

test('a scaler on its declared span is sound; undeclared it is not', async () => {
  const scaled: Compute = (close) => close.map((value) => value - mean(close.subarray(0, 300)));
  assert.equal((await judged({ scaled })).holds, false);
  assert.equal((await judged({ scaled }, { trained: 300 })).holds, true);
});

test('the warm-up is told to four levels, and what never settles is', async () => {
  const found = await judged({
    ema,
    lag,
    sum: (close) => {
      let sum = 0;
      return close.map((value) => (sum += value));
    },
  });
  const start = find(found, 'ema').start;
  assert.ok(start !== null && start.percent !== null && start.millionth !== null);
  assert.ok(start.percent < start.millionth && start.millionth < 250, JSON.stringify(start));
  assert.deepEqual(find(found, 'lag').start, { percent: 1, millionth: 1, billionth: 1, bits: 1 });
  assert.equal(find(found, 'sum').start?.percent, null);
});

test('a value that no bar brings back is poisoned; rows that come late are told apart from values', async () => {
  const found = await judged({ ema, lag }, {}, 1);
  assert.equal(find(found, 'ema').missing?.isPoisoned, true);
  assert.deepEqual(find(found, 'lag').missing, { rows: 1, isPoisoned: false });
  assert.deepEqual(
    found.columns.map(({ verdict }) => verdict),
    ['clean', 'clean'],
  );
  const late = found.findings.find(({ name, fails }) => name === 'rows' && fails);
  assert.match(late?.text ?? '', /the last 1 of them are not there/);
  assert.equal(found.holds, false);
});

test('rounding is told apart from a leak', async () => {
  const found = await judged({
    rounded: (close) => close.map((value) => value * (1 + 1e-15 * (close[close.length - 1] % 2))),
  });
  assert.equal(find(found, 'rounded').verdict, 'clean');
  assert.match(find(found, 'rounded').notes.join(), /rounding/);
  const leak = await judged({
    both: (close) => close.map((value, i) => value * (1 + 1e-15 * (close[close.length - 1] % 2)) + (close[i + 1] ?? 0)),
  });
  assert.equal(find(leak, 'both').verdict, 'future');
  assert.doesNotMatch(find(leak, 'both').notes.join(), /rounding/);
});

test('a column without a second value is untested, and a budget that ends is said', async () => {
  const found = await judged({ one: (close) => close.map(() => 1) });
  assert.equal(find(found, 'one').verdict, 'untested');
  assert.equal(found.answered, false);
  const short = await judged({ lag }, { budget: { runs: 12, seconds: 60, lanes: 1 } });
  assert.equal(short.runs, 12);
  assert.match(short.findings.map(({ text }) => text).join(), /left undone/);
});

test('the share of cuts at which a leak has to show', () => {
  assert.deepEqual(
    [8, 20, 60].map((cuts) => Math.round(100 * shareFound(cuts))),
    [31, 14, 5],
  );
});

/** Three symbols at each time. */
function panel(): ForeignTable {
  const table = market();
  const values = Float64Array.from({ length: ROWS }, (_, i) => 1.7e15 + Math.floor(i / 3) * 6e7);
  const columns = table.columns.map((column) => (column.type === 'time' ? { ...column, values } : column));
  return { ...table, columns };
}

test('what compares the rows of one time is sound; what takes those of the next is not', async () => {
  const rank: Compute = (close, { table }) => {
    const times = timesOf(table);
    return close.map((value, i) => {
      let below = 0;
      for (let k = i; k >= 0 && times[k] === times[i]; k--) if (close[k] < value) below++;
      for (let k = i; k < close.length && times[k] === times[i]; k++) if (close[k] < value) below++;
      return value === value ? below : NaN;
    });
  };
  const next: Compute = (close) => close.map((value, i) => value - (close[i + 3] ?? NaN));
  const table = panel();
  const budget = { runs: 400, seconds: 60, lanes: 4 };
  const found = await judge(targetOf({ rank, next }), table, { budget, seed: 1 });
  assert.equal(find(found, 'rank').verdict, 'clean', find(found, 'rank').text);
  assert.equal(find(found, 'next').verdict, 'future');
  assert.deepEqual(find(found, 'next').reach, { rows: 3, isWhole: false, inputs: ['close'] });
  const spanned = await judge(targetOf({ rank }), table, { budget, seed: 2, trained: 400, cuts: 60 });
  assert.equal(find(spanned, 'rank').verdict, 'clean');
});

test('where the code fails on the table as it is, what it was not given is named', async () => {
  const broken: Target = { ...targetOf({ lag }), run: async () => ({ failed: "KeyError: 'symbol'" }) };
  const budget = { runs: 9, seconds: 60, lanes: 1 };
  await assert.rejects(
    judge(broken, market(), { budget, seed: 1, leftOut: ['symbol', 'side'] }),
    /KeyError: 'symbol'; of the file it is not given symbol, side/,
  );
  const guessed: Target = { ...broken, guessed: 'it is given a dict' };
  await assert.rejects(judge(guessed, market(), { budget, seed: 1 }), /KeyError: 'symbol'; it is given a dict/);
});
