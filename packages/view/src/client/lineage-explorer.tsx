/** The lineage of a feature that the reader picks: chips in layers, and curves between them. */
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { lineageOf, operatorOf, type Chip, type Lineage, type LineageScene } from '../parts/lineage.ts';
import { Picker, useButtons, usePicking } from './picker.tsx';

export function LineageExplorer({ data: { data, start } }: { readonly data: LineageScene }) {
  const groups = useMemo(
    () =>
      data.clocks.map(({ name, features }) => ({
        label: `clock ${name}`,
        names: features.map(([feature]) => feature),
      })),
    [data],
  );
  const picking = usePicking(groups, start.feature);
  useButtons('lineage', picking.pick);
  const lineage = useMemo(() => lineageOf(data, picking.picked), [data, picking.picked]);
  const breaks = picking.picked === start.feature ? start.operator : undefined;
  return (
    <>
      <Picker id="pick-lineage" label="Feature" picking={picking} />
      <LineageDrawing lineage={lineage} breaks={breaks} />
    </>
  );
}

interface DrawingProps {
  readonly lineage: Lineage;
  /** The operator that is marked. */
  readonly breaks: string | undefined;
}

function LineageDrawing({ lineage, breaks }: DrawingProps) {
  const box = useRef<HTMLDivElement>(null);
  const [paths, setPaths] = useState<readonly string[]>([]);
  // The browser lays the chips out; where they came to lie says where the curves go.
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const connect = (): void => setPaths(pathsBetween(element, lineage));
    connect();
    const watch = new ResizeObserver(connect);
    watch.observe(element);
    return () => watch.disconnect();
  }, [lineage]);
  return (
    <div class="lineage" aria-live="polite" ref={box}>
      <svg aria-hidden="true">
        {paths.map((path) => (
          <path d={path} />
        ))}
      </svg>
      {lineage.layers.map((layer) => (
        <div class="layer">
          {layer.map((chip) => (
            <ChipBox key={chip.id} chip={chip} breaks={breaks !== undefined && operatorOf(chip) === breaks} />
          ))}
        </div>
      ))}
    </div>
  );
}

function ChipBox({ chip, breaks }: { readonly chip: Chip; readonly breaks: boolean }) {
  return (
    <div class={`chip ${chip.kind}${breaks ? ' breaks' : ''}`} data-id={chip.id}>
      <b>{chip.title}</b>
      <span>{chip.detail}</span>
    </div>
  );
}

/** SVG paths from the foot of each source to the head of what is made of it. */
function pathsBetween(box: HTMLElement, { edges }: Lineage): string[] {
  const origin = box.getBoundingClientRect();
  const chips = new Map(
    Array.from(box.querySelectorAll<HTMLElement>('[data-id]'), (chip) => [
      chip.dataset['id'] ?? '',
      chip.getBoundingClientRect(),
    ]),
  );
  return edges.flatMap(([from, to]) => {
    const [a, b] = [chips.get(from), chips.get(to)];
    if (a === undefined || b === undefined) return [];
    const [x, y] = [a.x + a.width / 2 - origin.x, a.bottom - origin.y];
    const [u, v] = [b.x + b.width / 2 - origin.x, b.top - origin.y];
    const bend = Math.max(10, (v - y) / 2);
    return [`M${x},${y} C${x},${y + bend} ${u},${v - bend} ${u},${v}`];
  });
}
