/** A day of connections and holes: a line of it, and the newest of them in words. */
import { count } from '../../parts/numbers.ts';
import type { LiveSpan } from '../../parts/live-data.ts';
import { secondOf } from '../../parts/time.ts';
import { Part } from './part.tsx';
import type { LiveState } from './state.ts';
import { lengthText, SPAN_WORDS } from './texts.ts';
import { When } from './when.tsx';

const DAY = 86_400_000_000;
const HOUR = DAY / 24;
/** Of the line's width, what is seen of the shortest. */
const [WIDTH, NARROWEST] = [1000, 2];
const LISTED = 20;

export function Continuity({ state }: { readonly state: LiveState }) {
  const { spans, now } = state;
  const listed = spans.slice(-LISTED).toReversed();
  const of = (wanted: LiveSpan['kind']): number => spans.filter(({ kind }) => kind === wanted).length;
  const lost = of('open') === 0 ? 'no trade missing' : `${count(of('open'))} with trades missing`;
  const summary = `disconnected ${count(of('down'))}×, repaired ${count(of('repaired'))}×, ${lost}`;
  return (
    <Part id="continuity" title="Continuity, 24 hours" beside={<span class="soft small">{summary}</span>}>
      <Line spans={spans} since={now.since ?? now.now} now={now.now} />
      <div class="scroll tall">
        <table>
          <thead>
            <tr>
              {['from', 'what', 'for', 'trades', 'ids', 'why'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {listed.map((span) => (
              <Row key={span.number} span={span} now={now.now} />
            ))}
            {listed.length === 0 && (
              <tr>
                <td colSpan={6} class="soft">
                  nothing was amiss
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </Part>
  );
}

function Row({ span, now }: { readonly span: LiveSpan; readonly now: number }) {
  const { kind, instrument, from, to, ids, trades, why } = span;
  return (
    <tr class={`span-${kind}`}>
      <td>
        <When time={from} />
      </td>
      <td>
        <i class={kind} /> {SPAN_WORDS[kind]}
        {instrument !== '' && <small> {instrument}</small>}
      </td>
      <td>{to === null ? `${lengthText(now - from)} so far` : lengthText(to - from)}</td>
      <td>{trades === null ? '' : count(trades)}</td>
      <td>{ids === null ? '' : ids[0] === ids[1] ? ids[0] : `${ids[0]} to ${ids[1]}`}</td>
      <td>{why}</td>
    </tr>
  );
}

interface LineProps {
  readonly spans: readonly LiveSpan[];
  /** From when on it is known. */
  readonly since: number;
  readonly now: number;
}

function Line({ spans, since, now }: LineProps) {
  const begin = now - DAY;
  const xOf = (time: number): number => (WIDTH * Math.max(0, time - begin)) / DAY;
  const hours = Array.from({ length: 5 }, (_, i) => Math.ceil(begin / (6 * HOUR)) * 6 * HOUR + 6 * HOUR * i);
  return (
    <div class="day">
      <svg
        viewBox={`0 0 ${WIDTH} 24`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Line of the last 24 hours; what was amiss is in the table below"
      >
        <rect class="unknown" x={0} y={0} width={WIDTH} height={24} />
        <rect class="fine" x={xOf(since)} y={0} width={WIDTH - xOf(since)} height={24} />
        {spans.map(({ number, kind, from, to }) => {
          const width = Math.max(NARROWEST, xOf(to ?? now) - xOf(from));
          const half = kind === 'down';
          const x = Math.min(WIDTH - width, xOf(from));
          return <rect key={number} class={kind} x={x} y={half ? 12 : 0} width={width} height={half ? 12 : 24} />;
        })}
      </svg>
      <div class="hours" aria-hidden="true">
        {hours
          .filter((time) => time < now)
          .map((time) => (
            <span key={time} style={{ left: `${xOf(time) / 10}%` }}>
              {secondOf(time).slice(11, 16)}
            </span>
          ))}
      </div>
    </div>
  );
}
