/** What a page hands to its scripts: JSON in an element of its own. */
import type { ChartData } from './chart-data.ts';
import type { CurveData } from './curve-data.ts';
import type { DriftData } from './drift-data.ts';
import type { LineageScene } from './lineage.ts';
import type { ViewScene } from './view-data.ts';

/** By the name of the place that shows it. */
export interface PageData {
  readonly lineage: LineageScene;
  readonly drift: DriftData;
  readonly curves: CurveData;
  readonly charts: ChartData;
  readonly view: ViewScene;
}

/** Id of the element that holds the data of a place. */
export function dataId(of: keyof PageData): string {
  return `${of}-data`;
}

/** Id of the element that a script fills. */
export function placeId(of: keyof PageData): string {
  return `${of}-place`;
}

/** JSON that no `</script>` or `<!--` in it can end early; what JSON has no number for becomes null. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}
