/** Dragging, wheel and pinch on the chart, as movements of the view. */
import { panned, zoomed, type View } from './camera.ts';

export interface Moved {
  readonly view: () => View;
  /** Of what is drawn, without the axis. */
  readonly pixels: () => number;
  readonly move: (view: View) => void;
}

/** Pixels that a finger may tremble. */
const STILL = 3;
const WHEEL = 0.0015;

export function listenTo(place: HTMLElement, moved: Moved): void {
  place.addEventListener('wheel', (event) => onWheel(event, place, moved), { passive: false });
  const fingers = new Map<number, PointerEvent>();
  let dragged = false;
  place.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || !isOnBars(event, place, moved)) return;
    fingers.set(event.pointerId, event);
    dragged = false;
  });
  place.addEventListener('pointermove', (event) => {
    const before = fingers.get(event.pointerId);
    if (before === undefined) return;
    if (!dragged && Math.abs(event.clientX - before.clientX) < STILL) return;
    if (!dragged) place.setPointerCapture(event.pointerId);
    dragged = true;
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    fingers.set(event.pointerId, event);
    if (other === undefined) moved.move(panned(moved.view(), (before.clientX - event.clientX) / moved.pixels()));
    else pinch(place, moved, { before, now: event, other });
  });
  for (const name of ['pointerup', 'pointercancel'] as const)
    place.addEventListener(name, ({ pointerId }) => fingers.delete(pointerId));
}

const leftOf = (place: HTMLElement): number => place.getBoundingClientRect().left;

/** Not on the axis of prices, and not between two panes, which both can be dragged themselves. */
function isOnBars({ clientX, target }: PointerEvent, place: HTMLElement, { pixels }: Moved): boolean {
  return target instanceof HTMLCanvasElement && clientX - leftOf(place) < pixels();
}

function onWheel(event: WheelEvent, place: HTMLElement, { view, pixels, move }: Moved): void {
  event.preventDefault();
  if (Math.abs(event.deltaX) > Math.abs(event.deltaY) || event.shiftKey)
    return move(panned(view(), (event.deltaX || event.deltaY) / pixels()));
  const about = (event.clientX - leftOf(place)) / pixels();
  return move(zoomed(view(), Math.exp(-event.deltaY * WHEEL), Math.min(1, Math.max(0, about))));
}

interface Fingers {
  readonly before: PointerEvent;
  readonly now: PointerEvent;
  readonly other: PointerEvent;
}

function pinch(place: HTMLElement, { view, pixels, move }: Moved, { before, now, other }: Fingers): void {
  const apart = ({ clientX }: PointerEvent): number => Math.max(10, Math.abs(clientX - other.clientX));
  const middle = ((now.clientX + other.clientX) / 2 - leftOf(place)) / pixels();
  move(zoomed(view(), apart(now) / apart(before), middle));
}
