/** How far each clock is from rows that may be trusted. */
import { count } from '../../parts/numbers.ts';
import type { LiveWarmup } from '../../parts/live-data.ts';
import { Part } from './part.tsx';
import { lengthText } from './texts.ts';

export function Warmup({ warmup }: { readonly warmup: readonly LiveWarmup[] }) {
  const missing = warmup.filter(({ bars, needed }) => bars < needed).length;
  const summary = missing === 0 ? 'all clocks are warm' : `${missing} of ${warmup.length} clocks to go`;
  return (
    <Part id="warmup" title="Warm-up" beside={<span class="soft small">{summary}</span>}>
      <ul class="warmup">
        {warmup.map((one) => (
          <Clock key={one.clock} {...one} />
        ))}
      </ul>
    </Part>
  );
}

function Clock({ clock, bars, needed, because, remaining }: LiveWarmup) {
  const isWarm = bars >= needed;
  const when = remaining === null ? 'no bar yet to tell by' : `about ${lengthText(1e6 * Math.ceil(remaining))} to go`;
  return (
    <li>
      <label>
        <b>{clock}</b> <span>{isWarm ? 'warm' : `${count(bars)} of ${count(needed)} bars`}</span>
        <progress value={Math.min(bars, needed)} max={needed} />
      </label>
      <small class="soft">
        {isWarm ? `${count(needed)} bars needed` : when}
        {because === '' ? '' : `, for ${because}`}
      </small>
    </li>
  );
}
