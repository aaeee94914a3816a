/** One part of the page: a card with a heading, by which it is found. */
import type { ComponentChildren } from 'preact';

export interface PartProps {
  readonly id: string;
  readonly title: string;
  /** Stands beside the heading. */
  readonly beside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Part({ id, title, beside, children }: PartProps) {
  return (
    <section id={id} class="card" aria-labelledby={`${id}-title`}>
      <div class="head">
        <h2 id={`${id}-title`}>{title}</h2>
        {beside !== undefined && <div class="beside">{beside}</div>}
      </div>
      {children}
    </section>
  );
}

/** One of a few, as buttons side by side. */
export function Choice<T extends string>({
  label,
  of,
  now,
  choose,
}: {
  readonly label: string;
  readonly of: readonly T[];
  readonly now: T;
  readonly choose: (one: T) => void;
}) {
  return (
    <div class="together" role="group" aria-label={label}>
      {of.map((one) => (
        <button key={one} type="button" class="toggle" aria-pressed={one === now} onClick={() => choose(one)}>
          {one}
        </button>
      ))}
    </div>
  );
}
