/** Where a feature comes from: the operators, bar columns and clocks between it and the trades. */

/** A chain of clocks, as little of it as is needed to draw any of its features. */
export interface LineageData {
  /** Summary of each operator in use. */
  readonly operators: Readonly<Record<string, string>>;
  readonly barColumns: readonly string[];
  readonly clocks: readonly LineageClock[];
}

export interface LineageClock {
  readonly name: string;
  /** What its bars are, in words. */
  readonly bars: string;
  /** Index of the clock that it is made from, or what comes in. */
  readonly parent: number | 'trades' | 'given bars' | 'series';
  /**
   * Of rows, which are drawn as a clock: the columns that they are given, by the name of a feature, and the index of its clock; -1: the
   * rows themselves. Where it is absent these are the bar columns.
   */
  readonly given?: readonly (readonly [feature: string, clock: number])[];
  /** Column numbers go on from those that are given. */
  readonly nodes: readonly LineageNode[];
  readonly features: readonly LineageFeature[];
}

type LineageNode = readonly [
  operator: string,
  params: readonly number[],
  inputs: readonly number[],
  outputs: readonly number[],
];

/** Column -1 is the clock itself. */
type LineageFeature = readonly [name: string, column: number, note: string];

/** What is shown when the page opens. */
export interface LineageStart {
  readonly feature: string;
  /** The operator in it that is marked. */
  readonly operator?: string | undefined;
}

/** Data and start of the drawing on a page. */
export interface LineageScene {
  readonly data: LineageData;
  readonly start: LineageStart;
}

export interface Chip {
  readonly id: string;
  readonly kind: 'source' | 'clock' | 'column' | 'operator' | 'feature';
  readonly title: string;
  readonly detail: string;
}

type LineageEdge = readonly [from: string, to: string];

export interface Lineage {
  /** From what comes in to the feature; a chip's sources are in layers before its own. */
  readonly layers: readonly (readonly Chip[])[];
  /** Pairs of chip ids, source first, each once. */
  readonly edges: readonly LineageEdge[];
}

/** Chips put into layers as they come: each lies one below the lowest of its sources. */
interface Layout extends Lineage {
  /** Returns the id of the chip, which is placed once. */
  readonly place: (chip: Chip, sources: readonly string[]) => string;
}

function createLayout(): Layout {
  const layers: Chip[][] = [];
  const edges: LineageEdge[] = [];
  const layerOf = new Map<string, number>();
  const place = (chip: Chip, sources: readonly string[]): string => {
    if (layerOf.has(chip.id)) return chip.id;
    const layer = 1 + Math.max(-1, ...sources.map((id) => layerOf.get(id) ?? -1));
    layerOf.set(chip.id, layer);
    (layers[layer] ??= []).push(chip);
    for (const id of new Set(sources)) edges.push([id, chip.id]);
    return chip.id;
  };
  return { layers, edges, place };
}

/** Places a clock, after those that it is made from. */
function placeClock(data: LineageData, clock: LineageClock, layout: Layout): string {
  const { name, bars, parent } = clock;
  const made = typeof parent === 'number' ? data.clocks[parent] : undefined;
  const source =
    made === undefined
      ? layout.place({ id: 'source', kind: 'source', title: String(parent), detail: 'what comes in' }, [])
      : placeClock(data, made, layout);
  return layout.place({ id: `clock ${name}`, kind: 'clock', title: name, detail: bars }, [source]);
}

/** Places a column of a clock, after all that it is computed from. */
function placeColumn(data: LineageData, clock: LineageClock, column: number, layout: Layout): string {
  const own = (): string => placeClock(data, clock, layout);
  if (column < 0) return own();
  const joined = clock.given?.[column];
  if (joined !== undefined) return placeJoined(data, clock, joined, layout);
  const title = clock.given === undefined ? data.barColumns[column] : undefined;
  if (title !== undefined)
    return layout.place({ id: `${clock.name} column ${column}`, kind: 'column', title, detail: 'bar column' }, [own()]);
  const node = clock.nodes.find(([, , , outputs]) => outputs.includes(column));
  if (node === undefined) return own();
  const [operator, params, inputs, [first]] = node;
  const words =
    operator === 'constant'
      ? { title: String(params[0]), detail: 'constant' }
      : {
          title: params.length > 0 ? `${operator}(${params.join(', ')})` : operator,
          detail: data.operators[operator] ?? '',
        };
  const sources = inputs.length > 0 ? inputs.map((input) => placeColumn(data, clock, input, layout)) : [own()];
  return layout.place({ id: `${clock.name} node ${first}`, kind: 'operator', ...words }, sources);
}

/** Places a column of the row, after the feature of a clock that it is. */
function placeJoined(
  data: LineageData,
  rows: LineageClock,
  [title, c]: readonly [feature: string, clock: number],
  layout: Layout,
): string {
  const clock = data.clocks[c] ?? rows;
  const column = clock.features.find(([name]) => name === title)?.[1] ?? -1;
  const source = c < 0 ? placeClock(data, rows, layout) : placeColumn(data, clock, column, layout);
  return layout.place({ id: `row ${title}`, kind: 'column', title, detail: 'column of the row' }, [source]);
}

/** The ancestors of a feature by its name, in layers; no layers where there is no such feature. */
export function lineageOf(data: LineageData, wanted: string): Lineage {
  const layout = createLayout();
  for (const clock of data.clocks) {
    const feature = clock.features.find(([name]) => name === wanted);
    if (feature === undefined) continue;
    const [title, column, detail] = feature;
    const source = placeColumn(data, clock, column, layout);
    layout.place({ id: 'feature', kind: 'feature', title, detail }, [source]);
    break;
  }
  const { layers, edges } = layout;
  return { layers, edges };
}

/** The operator that a chip is of: its title without parameters. */
export function operatorOf({ kind, title }: Chip): string | undefined {
  return kind === 'operator' ? title.split('(')[0] : undefined;
}

/** The feature of the first clock that most has a part in: a telling one to begin with. */
export function exampleFeature(data: LineageData): string | undefined {
  const sized = (data.clocks[0]?.features ?? []).map(([name]) => {
    return { name, size: lineageOf(data, name).layers.flat().length };
  });
  return sized.toSorted((a, b) => b.size - a.size)[0]?.name;
}
