/** How the start of each feature wears off, as a page and its script share it. */

export type Point = readonly [bars: number, difference: number];

/** Bars after which a feature does not differ any more; null: it still did when it was left. */
export interface FeatureSettling {
  readonly clock: string;
  readonly feature: string;
  /** What it declares: `fading(357)`. */
  readonly declared: string;
  /** By no bit. */
  readonly exactAfter: number | null;
  /** By no more than each level, `1e-6`, relative to the largest value. */
  readonly within: Readonly<Record<string, number | null>>;
}

/** Largest relative difference of late starts from a full run, by bars since the start. */
export interface Curve {
  readonly clock: string;
  readonly feature: string;
  readonly points: readonly Point[];
}

/** As the page carries it. */
export interface CurveData {
  /** Places of points. Most features of a clock are measured at the same bars, which are written once. */
  readonly bars: readonly (readonly number[])[];
  readonly curves: readonly PackedCurve[];
}

export interface PackedCurve {
  readonly clock: string;
  /** `short: rsi_14` */
  readonly name: string;
  /** Index of its places. */
  readonly at: number;
  readonly differences: readonly number[];
  /** Absent where the feature was not certified. */
  readonly settling?: Omit<FeatureSettling, 'clock' | 'feature'>;
}

/** Points of a curve that a page keeps: more than these cannot be told apart. */
const CURVE_POINTS = 32;

/** First and last, and what lies between at places that are far apart where the curve is. */
export function thinCurve(points: readonly Point[]): readonly Point[] {
  const last = points.length - 1;
  if (last < CURVE_POINTS) return points;
  const picks = Array.from({ length: CURVE_POINTS }, (_, i) => Math.round((i * last) / (CURVE_POINTS - 1)));
  return picks.map((i) => points[i] as Point);
}

export function packCurves(curves: readonly Curve[], features: readonly FeatureSettling[]): CurveData {
  const places = new Map<string, number>();
  const packed = curves.map((curve): PackedCurve => {
    const points = thinCurve(curve.points);
    const text = JSON.stringify(points.map(([bars]) => bars));
    const at = places.get(text) ?? places.size;
    places.set(text, at);
    const found = features.find(({ clock, feature }) => clock === curve.clock && feature === curve.feature);
    return {
      clock: curve.clock,
      name: `${curve.clock}: ${curve.feature}`,
      at,
      differences: points.map(([, difference]) => Number(difference.toPrecision(2))),
      ...(found && {
        settling: { declared: found.declared, within: found.within, exactAfter: found.exactAfter },
      }),
    };
  });
  return { bars: [...places.keys()].map((text) => JSON.parse(text) as number[]), curves: packed };
}
