/** Which bars are in view, and what has to be there to draw them. Bar i lies from i to i + 1. */

export interface View {
  readonly from: number;
  readonly to: number;
}

/** Bars in view at least. */
const FEWEST = 12;
/** Pixels that a bucket has at least. */
const NARROWEST = 3;

/** Within the bars, and neither too near nor further away than all of them. */
export function clamped({ from, to }: View, bars: number): View {
  const most = Math.max(bars, FEWEST);
  const span = Math.min(most, Math.max(FEWEST, to - from));
  const middle = (from + to) / 2;
  const start = Math.min(Math.max(0, most - span), Math.max(0, middle - span / 2));
  return { from: start, to: start + span };
}

/** By a share of what is in view. */
export function panned({ from, to }: View, share: number): View {
  const by = share * (to - from);
  return { from: from + by, to: to + by };
}

/** By a factor, above 1: nearer; what lies at `about`, a share of the width, stays where it is. */
export function zoomed({ from, to }: View, factor: number, about = 0.5): View {
  const fixed = from + about * (to - from);
  return { from: fixed - (fixed - from) / factor, to: fixed + (to - fixed) / factor };
}

/** Bars a bucket, a power of two, so that each has a few pixels. */
export function sizeFor({ from, to }: View, pixels: number): number {
  const size = ((to - from) * NARROWEST) / Math.max(1, pixels);
  return 2 ** Math.max(0, Math.ceil(Math.log2(size)));
}

/** Bars to fetch, whole buckets: those in view, and as many on either side. */
export function around({ from, to }: View, size: number, bars: number): View {
  const span = to - from;
  const start = Math.floor(Math.max(0, from - span) / size) * size;
  return { from: start, to: Math.max(start + 1, Math.min(bars, Math.ceil((to + span) / size) * size)) };
}

/** Whether what is there reaches so far beyond the view that it can wait to be fetched anew. */
export function suffices(there: View & { readonly size: number }, view: View, size: number, bars: number): boolean {
  const margin = (view.to - view.from) / 4;
  return (
    there.size === size &&
    there.from <= Math.max(0, view.from - margin) &&
    there.to >= Math.min(bars, Math.ceil(view.to + margin))
  );
}
