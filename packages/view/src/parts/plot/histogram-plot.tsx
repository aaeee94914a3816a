import { colourOf, placeOfX, placeOfY, roundTop, spanOf, type Axes } from './axes.ts';
import { Frame } from './frame.tsx';

export interface Histogram {
  readonly name: string;
  readonly heights: readonly number[];
}

export interface HistogramPlotProps {
  readonly axes: Omit<Axes, 'top' | 'floor'>;
  readonly series: readonly Histogram[];
}

/** Bars of equal width from end to end of x, one series in front of the other. */
export function HistogramPlot({ axes, series }: HistogramPlotProps) {
  const [from, to] = spanOf(axes);
  const whole = { ...axes, top: roundTop(Math.max(...series.flatMap(({ heights }) => heights))) };
  return (
    <Frame axes={whole} series={series}>
      {series.map(({ name, heights }, i) => (
        <g key={name} fill={colourOf(i)} fill-opacity="0.55">
          {heights.map((height, b) => {
            const end = (at: number): number => placeOfX(from + (at / heights.length) * (to - from), whole);
            const y = placeOfY(height, whole);
            return (
              <rect
                x={end(b).toFixed(1)}
                y={y.toFixed(1)}
                width={(end(b + 1) - end(b) - 1).toFixed(1)}
                height={(placeOfY(0, whole) - y).toFixed(1)}
              />
            );
          })}
        </g>
      ))}
    </Frame>
  );
}
