/** What colours mean. */

export interface Swatch {
  readonly name: string;
  readonly style?: string;
  readonly class?: string;
}

export function Key({ of }: { readonly of: readonly Swatch[] }) {
  return (
    <p class="key">
      {of.map((swatch) => (
        <span key={swatch.name}>
          <i class={swatch.class} style={swatch.style} />
          {swatch.name}
        </span>
      ))}
    </p>
  );
}
