/** What failed: where, the values around the first divergence, what it usually comes from, and a command that fails. */
import { formatTime } from 'minotaur-core/internal/base/time';
import { Facts, type Fact } from './facts.tsx';
import { count } from './numbers.ts';

/** Where two runs part ways. */
export interface Divergence {
  readonly stage: 'bars' | 'features' | 'rows' | 'inputs' | 'predictions' | 'count';
  /** Ordinal of the trade that closed the bar or completed the row; NaN where there is none. */
  readonly trade: number;
  /** Microseconds. */
  readonly time: number;
  /** Ordinal of the bar or row. */
  readonly row: number;
  readonly feature: string;
  /** Empty where it is in a row. */
  readonly clock: string;
  readonly expected: number;
  readonly found: number;
  readonly expectedBits: string;
  readonly foundBits: string;
  /** The same feature before and after, where it is known. */
  readonly around: readonly Neighbour[];
}

/** A value beside a divergence; null where that side has no such row. */
interface Neighbour {
  readonly row: number;
  /** Microseconds. */
  readonly time: number;
  readonly expected: number | null;
  readonly found: number | null;
  readonly expectedBits: string;
  readonly foundBits: string;
}

export interface Failure {
  readonly check: string;
  /** The law in words. */
  readonly law: string;
  /** What it usually comes from; `code` in backticks. */
  readonly hint?: string | undefined;
  readonly first: Divergence | { readonly message: string } | null;
  /** What is compared with what: the names of `expected` and `found`. */
  readonly sides: readonly [string, string];
  /** The feature that is offered to the lineage. */
  readonly feature?: string | undefined;
  /** A command that fails, and the events that it needs. */
  readonly reproducer?: { readonly events: number; readonly command: string } | undefined;
}

/** A section for each failure, the first one open. */
export function Failures({ of }: { readonly of: readonly Failure[] }) {
  return (
    <>
      {of.map((failure, i) => (
        <FailureCard {...failure} open={i === 0} />
      ))}
    </>
  );
}

function FailureCard({ check, law, hint, first, sides, feature, reproducer, open }: Failure & { open: boolean }) {
  return (
    <details class="failure" id={`failure-${check}`} open={open}>
      <summary>
        <span class="fails">✗</span> {`${check}: ${law}`}
      </summary>
      {hint !== undefined && <Prose text={hint} />}
      {first !== null && ('message' in first ? <p>{first.message}</p> : <DivergenceFacts {...first} sides={sides} />)}
      {feature !== undefined && (
        <p>
          <button type="button" data-lineage={feature}>{`Where ${feature} comes from`}</button>
        </p>
      )}
      {reproducer !== undefined && (
        <>
          <p>{`${count(reproducer.events)} events are enough to see it; this fails on them:`}</p>
          <pre>{reproducer.command}</pre>
        </>
      )}
    </details>
  );
}

/** A paragraph; what stands between backticks is code. */
function Prose({ text }: { readonly text: string }) {
  return <p>{text.split('`').map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}</p>;
}

const STAGES: Readonly<Record<Divergence['stage'], string>> = {
  bars: 'bars, made from trades',
  features: 'features, computed over bars',
  rows: 'rows, joined from the clocks',
  inputs: 'what the model is given',
  predictions: 'predictions',
  count: 'number of bars or rows',
};

function DivergenceFacts({ sides, ...first }: Divergence & Pick<Failure, 'sides'>) {
  const { stage, clock, row, trade, time, feature, around } = first;
  const [a, b] = sides;
  const withBits = (value: number, bits: string) => (
    <>
      {String(value)} <code>{bits}</code>
    </>
  );
  const facts: Fact[] = [
    ['first difference in', STAGES[stage]],
    ['feature', feature],
    clock === '' ? ['row', count(row)] : ['bar', `${count(row)} of clock ${clock}`],
    ...(Number.isNaN(trade) ? [] : [['trade', count(trade)] satisfies Fact]),
    ['time', formatTime(time)],
    [a, withBits(first.expected, first.expectedBits)],
    [b, withBits(first.found, first.foundBits)],
  ];
  return (
    <>
      <Facts of={facts} />
      {around.length > 0 && <Around what={clock === '' ? 'row' : 'bar'} sides={sides} neighbours={around} />}
    </>
  );
}

interface AroundProps {
  readonly what: 'row' | 'bar';
  readonly sides: Failure['sides'];
  readonly neighbours: readonly Neighbour[];
}

/** The rows before and after, what differs marked. */
function Around({ what, sides: [a, b], neighbours }: AroundProps) {
  return (
    <div class="scroll">
      <table class="around">
        <thead>
          <tr>
            {[what, a, b, 'time', `bits ${a}`, `bits ${b}`].map((cell) => (
              <th>{cell}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {neighbours.map(({ row, time, expected, found, expectedBits, foundBits }) => (
            <tr class={expectedBits === foundBits ? undefined : 'off'}>
              <td>{count(row)}</td>
              <td>{String(expected ?? 'none')}</td>
              <td>{String(found ?? 'none')}</td>
              <td>{formatTime(time)}</td>
              <td>
                <code>{expectedBits}</code>
              </td>
              <td>
                <DifferentDigits expected={expectedBits} found={foundBits} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The digits of `found`, underlined from the first that differs on. */
function DifferentDigits({ expected, found }: { readonly expected: string; readonly found: string }) {
  let from = 0;
  while (from < found.length && found[from] === expected[from]) from++;
  if (from === found.length) return <code>{found}</code>;
  return (
    <code>
      {found.slice(0, from)}
      <u>{found.slice(from)}</u>
    </code>
  );
}
