/** The bars in view as a table: for who does not see the chart, and for copying. */
import { useState } from 'preact/hooks';
import { Table } from '../../parts/table.tsx';
import { secondOf } from '../../parts/time.ts';
import { lineColumn, type ViewScene } from '../../parts/view-data.ts';
import type { Seen, Settings } from './stage.ts';

/** Rows at most, the newest in view. */
const ROWS = 200;

interface BarTableProps {
  readonly scene: ViewScene;
  readonly settings: Settings;
  readonly seen: Seen;
}

export function BarTable(props: BarTableProps) {
  const [open, setOpen] = useState(false);
  return (
    <details class="bar-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>The bars in view as a table</summary>
      {open && <OpenTable {...props} />}
    </details>
  );
}

function OpenTable({ scene, settings, seen: { view, window } }: BarTableProps) {
  const { from, size, columns } = window;
  const all = columns['time']?.length ?? 0;
  const last = Math.min(all, Math.ceil((view.to - from) / size));
  const first = Math.max(0, Math.floor((view.from - from) / size), last - ROWS);
  const lines: readonly (readonly [title: string, column: string])[] = [
    ...(['open', 'high', 'low', 'close', 'volume'] as const).map((name) => [name, name] as const),
    ...settings.features.map((index) => [scene.features[index] ?? '', lineColumn(index, 'last')] as const),
    ...(settings.predictions ? [['prediction', lineColumn('prediction', 'last')] as const] : []),
  ];
  const value = (column: string, i: number): string => {
    const found = columns[column]?.[i] ?? NaN;
    return Number.isFinite(found) ? String(found) : '';
  };
  const rows = Array.from({ length: Math.max(0, last - first) }, (_, k) => {
    const i = last - 1 - k;
    const ready = (columns['ready']?.[i] ?? 1) === 1 ? 'yes' : 'no';
    return [secondOf(columns['time']?.[i] ?? NaN), ...lines.map(([, column]) => value(column, i)), ready];
  });
  return (
    <>
      <p class="soft small">{`The newest first, ${rows.length} of those in view${size > 1 ? `, ${size} bars each` : ''}.`}</p>
      <div class="tall">
        <Table class="figures" head={['time', ...lines.map(([title]) => title), 'ready']} rows={rows} />
      </div>
    </>
  );
}
