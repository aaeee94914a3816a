import { colourOf, placeOfX, placeOfY, pointAt, type Axes } from './axes.ts';
import { Frame, type Named } from './frame.tsx';

export interface Series extends Named {
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Between which y points lie, drawn as bars. */
  readonly intervals?: readonly (readonly [x: number, low: number, high: number])[];
  /** Drawn in dashes. */
  readonly dashed?: boolean;
  /** Points without a line. */
  readonly scattered?: boolean;
}

export interface LinePlotProps {
  readonly axes: Axes;
  readonly series: readonly Series[];
  /** Draws the line of a model that knows nothing, or of perfect calibration. */
  readonly diagonal?: boolean;
  /** Marks every point. */
  readonly dots?: boolean;
}

export function LinePlot({ axes, series, diagonal = false, dots = false }: LinePlotProps) {
  return (
    <Frame axes={axes} series={series}>
      {diagonal && <polyline class="guide" points={`${pointAt(0, 0, axes)} ${pointAt(1, 1, axes)}`} />}
      {series.map(({ name, points, colour, intervals = [], dashed = false, scattered = false }, i) => (
        <g key={name} stroke={colourOf(colour ?? i)} fill={colourOf(colour ?? i)}>
          {!scattered && (
            <polyline
              class={dashed ? 'curve dashed' : 'curve'}
              points={points.map(([x, y]) => pointAt(x, y, axes)).join(' ')}
            />
          )}
          {intervals.map(([x, low, high]) => (
            <polyline class="between" points={[low, high].map((y) => pointAt(x, y, axes)).join(' ')} />
          ))}
          {(dots || scattered) &&
            points.map(([x, y]) => (
              <circle cx={placeOfX(x, axes).toFixed(1)} cy={placeOfY(y, axes).toFixed(1)} r="3" />
            ))}
        </g>
      ))}
    </Frame>
  );
}
