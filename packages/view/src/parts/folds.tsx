/** Which rows every fold of the splits learns from and is judged by, over time. */
import { Key } from './key.tsx';
import { count } from './numbers.ts';
import { secondOf } from './time.ts';

/** Rows of a part that follow each other. */
export interface FoldStretch {
  readonly part: 'train' | 'validation' | 'test';
  readonly rows: number;
  /** Microseconds, of the first and the last. */
  readonly from: number;
  readonly to: number;
}

export interface FoldRibbon {
  /** Whether it is the one that is evaluated here. */
  readonly chosen: boolean;
  readonly stretches: readonly FoldStretch[];
}

export function Folds({ folds }: { readonly folds: readonly FoldRibbon[] }) {
  const all = folds.flatMap(({ stretches }) => stretches);
  if (all.length === 0) return null;
  const start = Math.min(...all.map(({ from }) => from));
  const end = Math.max(...all.map(({ to }) => to));
  const percent = (time: number): string => `${((100 * (time - start)) / (end - start || 1)).toFixed(2)}%`;
  return (
    <>
      <h2>Folds</h2>
      <div class="timeline">
        {folds.map(({ chosen, stretches }, k) => {
          const title = stretches.map(({ part, rows }) => `${count(rows)} ${part}`).join(', ');
          return (
            <>
              <span>{`${k}${chosen ? ', this one' : ''}`}</span>
              <div class="ribbon" role="img" title={title} aria-label={`fold ${k}: ${title}`}>
                {stretches.map(({ part, from, to }) => (
                  <i class={part} style={`left:${percent(from)};width:calc(${percent(to)} - ${percent(from)})`} />
                ))}
              </div>
            </>
          );
        })}
        <div class="ends">
          <span>{secondOf(start)}</span>
          <span>{secondOf(end)}</span>
        </div>
      </div>
      <Key
        of={[
          { name: 'train', style: 'background:var(--blue)' },
          { name: 'validation', style: 'background:var(--amber)' },
          { name: 'test', style: 'background:var(--violet)' },
          { name: 'purged, or in none', style: 'background:var(--line)' },
        ]}
      />
    </>
  );
}
