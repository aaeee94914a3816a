/** A time; on a phone without its day, which the newest events of a service do without. */
import { secondOf } from '../../parts/time.ts';

export function When({ time }: { readonly time: number }) {
  const text = secondOf(time);
  return (
    <time dateTime={text.replace(' ', 'T')}>
      <span class="date">{text.slice(0, 11)}</span>
      {text.slice(11)}
    </time>
  );
}
