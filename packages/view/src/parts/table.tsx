import type { ComponentChildren } from 'preact';

export interface TableProps {
  readonly class?: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

/** A table of cells; `figures` as its class: all columns but the first hold figures. */
export function Table({ class: kind, head, rows }: TableProps) {
  return (
    <div class="scroll">
      <table class={kind}>
        <thead>
          <tr>
            {head.map((cell) => (
              <th>{cell}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {row.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
