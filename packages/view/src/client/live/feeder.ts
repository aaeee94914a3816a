/** Draws a list that grows at its end: only what is new, until so much is drawn that it is worth beginning again. */
import type { ISeriesApi, SeriesType } from 'lightweight-charts';

const MOST = 2000;

type Data<T extends SeriesType, K> = Parameters<ISeriesApi<T, K>['update']>[0] & { readonly time: K };

/** Draws points, which come in the order of their places; `isOther`: they are no continuation of what is drawn. */
export type Feeder<P> = (points: readonly P[], isOther: boolean) => void;

export function createFeeder<T extends SeriesType, K extends number>(series: ISeriesApi<T, K>): Feeder<Data<T, K>> {
  let [drawn, last] = [0, -Infinity];
  return (points, isOther) => {
    // A place is drawn once; of two points for it the later one counts.
    const from = isOther || drawn > MOST ? -Infinity : last;
    const fresh = points.filter(({ time }, i) => time > from && time !== points[i + 1]?.time);
    if (fresh.length === 0 && !isOther) return;
    last = fresh.at(-1)?.time ?? -Infinity;
    if (from > -Infinity) {
      for (const point of fresh) series.update(point);
      drawn += fresh.length;
    } else {
      series.setData(fresh);
      drawn = fresh.length;
    }
  };
}
