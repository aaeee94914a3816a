/** What every plot has: a title, what its colours mean, axes. */
import type { ComponentChildren } from 'preact';
import { Key } from '../key.tsx';
import { BOX, colourOf, placeOfX, placeOfY, ticksOfX, ticksOfY, type Axes } from './axes.ts';

export interface Named {
  readonly name: string;
  /** Which of the colours it has; its place among the series where not given. */
  readonly colour?: number;
}

export interface FrameProps {
  readonly axes: Axes;
  readonly series: readonly Named[];
  readonly children: ComponentChildren;
}

export function Frame({ axes, series, children }: FrameProps) {
  const middle = (BOX.top + BOX.height - BOX.bottom) / 2;
  return (
    <figure class="plot">
      <figcaption>
        <b>{axes.title}</b>
        <Key of={series.map(({ name, colour }, i) => ({ name, style: `background:${colourOf(colour ?? i)}` }))} />
      </figcaption>
      <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} role="img" aria-label={axes.title}>
        <YAxis axes={axes} />
        <XAxis axes={axes} />
        <text x={(BOX.left + BOX.width - BOX.right) / 2} y={BOX.height - 8} text-anchor="middle">
          {axes.x}
        </text>
        <text transform={`translate(13 ${middle}) rotate(-90)`} text-anchor="middle">
          {axes.y}
        </text>
        {children}
      </svg>
    </figure>
  );
}

function YAxis({ axes }: { readonly axes: Axes }) {
  const ticks = ticksOfY(axes).map(({ value, text }) => {
    const y = placeOfY(value, axes);
    return (
      <>
        <line class="grid" x1={BOX.left} x2={BOX.width - BOX.right} y1={y.toFixed(1)} y2={y.toFixed(1)} />
        <text x={BOX.left - 6} y={(y + 4).toFixed(1)} text-anchor="end">
          {text}
        </text>
      </>
    );
  });
  return <>{ticks}</>;
}

function XAxis({ axes }: { readonly axes: Axes }) {
  const ticks = ticksOfX(axes).map(({ value, text }) => {
    const x = placeOfX(value, axes);
    // A long number at the end would be cut.
    const anchor = x + 3.5 * text.length > BOX.width ? 'end' : 'middle';
    return (
      <text x={x.toFixed(1)} y={BOX.height - BOX.bottom + 16} text-anchor={anchor}>
        {text}
      </text>
    );
  });
  return <>{ticks}</>;
}
