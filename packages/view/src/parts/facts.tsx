import type { ComponentChildren } from 'preact';

export type Fact = readonly [term: string, value: ComponentChildren];

/** Terms and what they are. */
export function Facts({ id, of }: { readonly id?: string; readonly of: readonly Fact[] }) {
  return (
    <dl class="facts" id={id}>
      {of.map(([term, value]) => (
        <>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
