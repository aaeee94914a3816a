/** Drift of features between two sets of rows, as a page and its script share it. */

/** A figure of either side. */
export interface Pair {
  readonly reference: number;
  readonly current: number;
}

/** What was compared. */
export interface DriftSide {
  readonly directory: string;
  readonly rows: number;
  /** Rows whose values were compared. */
  readonly compared: number;
}

export interface FeatureDrift {
  readonly feature: string;
  /** Population stability index, and what it is by chance on average. */
  readonly psi: number;
  readonly psiByChance: number;
  /** Bins of the index. */
  readonly bins: number;
  /** Bits. */
  readonly jensenShannon: number;
  /** NaN where a side has no value. */
  readonly kolmogorovSmirnov: number;
  /** Share of rows that are NaN. */
  readonly missing: Pair;
  /** Share of rows beyond the limits that were learned; absent where there are none. */
  readonly clipped?: Pair | undefined;
  /** Shares of the rows with a value, by bins of equal width; what lies beyond the ends is in the outer bins. */
  readonly histogram: {
    readonly from: number;
    readonly to: number;
    readonly reference: readonly number[];
    readonly current: readonly number[];
  };
}

export interface Drift {
  readonly reference: DriftSide;
  readonly current: DriftSide;
  /** `ready`: warm-up is left out; `all`: a side has no row that is ready, so both count whole. */
  readonly of: 'ready' | 'all';
  /** Worst first. */
  readonly features: readonly FeatureDrift[];
}

/** Where the population stability index is read as some change, and as much. */
export const [SOME, MUCH] = [0.1, 0.25] as const;

export type DriftLevel = 'little' | 'some' | 'much';

/** How a stability index is read. */
export function levelOf(psi: number): DriftLevel {
  return psi >= MUCH ? 'much' : psi >= SOME ? 'some' : 'little';
}

/** Features of each level. */
export function countLevels({ features }: Drift): Record<DriftLevel, number> {
  const counts = { little: 0, some: 0, much: 0 };
  for (const { psi } of features) counts[levelOf(psi)]++;
  return counts;
}

/** Every feature, in columns, as the page carries it: rounded, and heights as whole {@link PARTS} of the whole. */
export interface DriftData {
  readonly feature: readonly string[];
  readonly psi: readonly number[];
  readonly psiByChance: readonly number[];
  readonly bins: readonly number[];
  readonly jensenShannon: readonly number[];
  readonly kolmogorovSmirnov: readonly (number | null)[];
  readonly missing: readonly Sides[];
  readonly clipped: readonly (Sides | null)[];
  readonly ends: readonly Sides[];
  readonly reference: readonly (readonly number[])[];
  readonly current: readonly (readonly number[])[];
}

type Sides = readonly [number, number];

const PARTS = 10_000;
/** Digits that a picture or a figure of three digits has use for. */
const round = (value: number): number => Number(value.toPrecision(5));
const sides = ({ reference, current }: Pair): Sides => [round(reference), round(current)];
const parts = (heights: readonly number[]): number[] => heights.map((height) => Math.round(height * PARTS));

export function packDrift(features: readonly FeatureDrift[]): DriftData {
  return {
    feature: features.map(({ feature }) => feature),
    psi: features.map(({ psi }) => round(psi)),
    psiByChance: features.map(({ psiByChance }) => round(psiByChance)),
    bins: features.map(({ bins }) => bins),
    jensenShannon: features.map(({ jensenShannon }) => round(jensenShannon)),
    kolmogorovSmirnov: features.map(({ kolmogorovSmirnov: ks }) => (Number.isNaN(ks) ? null : round(ks))),
    missing: features.map(({ missing }) => sides(missing)),
    clipped: features.map(({ clipped }) => (clipped === undefined ? null : sides(clipped))),
    ends: features.map(({ histogram: { from, to } }) => [round(from), round(to)]),
    reference: features.map(({ histogram }) => parts(histogram.reference)),
    current: features.map(({ histogram }) => parts(histogram.current)),
  };
}

/** One feature of what the page carries. */
export function unpackDrift(data: DriftData, name: string): FeatureDrift | undefined {
  const i = data.feature.indexOf(name);
  if (i < 0) return undefined;
  const at = <T>(column: readonly T[]): T => column[i] as T;
  const pair = ([reference, current]: Sides): Pair => ({ reference, current });
  const clipped = at(data.clipped);
  const [from, to] = at(data.ends);
  const whole = (heights: readonly number[]): number[] => heights.map((height) => height / PARTS);
  return {
    feature: name,
    psi: at(data.psi),
    psiByChance: at(data.psiByChance),
    bins: at(data.bins),
    jensenShannon: at(data.jensenShannon),
    kolmogorovSmirnov: at(data.kolmogorovSmirnov) ?? NaN,
    missing: pair(at(data.missing)),
    clipped: clipped === null ? undefined : pair(clipped),
    histogram: { from, to, reference: whole(at(data.reference)), current: whole(at(data.current)) },
  };
}
