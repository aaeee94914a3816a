/** A ribbon per check over event time: how far it went, and where it broke. */
import { Key } from './key.tsx';
import { count } from './numbers.ts';
import { secondOf } from './time.ts';

export interface Ribbon {
  readonly name: string;
  /** How much it went through. */
  readonly stretches: number;
  readonly events: number;
  /** Microseconds. */
  readonly from: number;
  readonly to: number;
  /** Where it differs from: `to` where it held, `from` where nothing says. */
  readonly broke: number;
  readonly kind: 'held' | 'broke' | 'somewhere';
}

export function Timeline({ ribbons }: { readonly ribbons: readonly Ribbon[] }) {
  const from = Math.min(...ribbons.map((ribbon) => ribbon.from));
  const to = Math.max(...ribbons.map((ribbon) => ribbon.to));
  return (
    <>
      <div class="timeline">
        {ribbons.map((ribbon) => (
          <RibbonRow {...ribbon} start={from} end={to} />
        ))}
        <div class="ends">
          <span>{secondOf(from)}</span>
          <span>{secondOf(to)}</span>
        </div>
      </div>
      <Key
        of={[
          { name: 'the same', class: 'on' },
          { name: 'from the first difference on', class: 'off' },
          { name: 'somewhere in here', class: 'where' },
          { name: 'not looked at: after a failure, or beyond what the check takes', class: 'unseen' },
        ]}
      />
    </>
  );
}

function RibbonRow(ribbon: Ribbon & { readonly start: number; readonly end: number }) {
  const { name, from, broke, to, kind, start, end } = ribbon;
  const title = titleOf(ribbon);
  const percent = (time: number): string => `${((100 * (time - start)) / (end - start || 1)).toFixed(2)}%`;
  const stretch = (a: number, b: number): string => `left:${percent(a)};width:calc(${percent(b)} - ${percent(a)})`;
  return (
    <>
      <span>{name}</span>
      <div class="ribbon" role="img" title={title} aria-label={`${name}: ${title}`}>
        <i class="on" style={stretch(from, broke)} />
        {kind !== 'held' && <i class={kind === 'broke' ? 'off' : 'off where'} style={stretch(broke, to)} />}
      </div>
    </>
  );
}

function titleOf({ stretches, events, broke, kind }: Ribbon): string {
  const found = {
    held: 'all alike',
    broke: `differs from ${secondOf(broke)} on`,
    somewhere: 'other results',
  };
  return `${count(stretches)} stretches, ${count(events)} events, ${found[kind]}`;
}
