export type Tile = readonly [figure: string, label: string];

/** Figures that are read at a glance. */
export function Tiles({ of }: { readonly of: readonly Tile[] }) {
  return (
    <div class="tiles">
      {of.map(([figure, label]) => (
        <div class="tile" key={label}>
          <b>{figure}</b>
          {label}
        </div>
      ))}
    </div>
  );
}
