/** Names with a bar each, as long as its value, and a figure. */
import type { ComponentChildren } from 'preact';

export interface Bar {
  /** The name: a code, or a button. */
  readonly label: ComponentChildren;
  readonly value: number;
  readonly figure: string;
  /** CSS colour. */
  readonly colour: string;
}

export function Bars({ of }: { readonly of: readonly Bar[] }) {
  const largest = Math.max(0, ...of.map(({ value }) => value)) || 1;
  return (
    <div class="bars">
      {of.map(({ label, value, figure, colour }) => (
        <>
          {label}
          <div style={`width:${((100 * value) / largest).toFixed(1)}%;background:${colour}`} />
          <span>{figure}</span>
        </>
      ))}
    </div>
  );
}
