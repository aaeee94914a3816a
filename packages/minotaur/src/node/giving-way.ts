/** Long work of the one thread, of which many may have some: in short turns, one after the other, and all else comes between. */

/** Milliseconds of a turn. */
const TURN = 4;

let until = -Infinity;
let isSoon = false;
const line: (() => void)[] = [];

function next(): void {
  isSoon = false;
  until = performance.now() + TURN;
  line.shift()?.();
  if (line.length > 0) soon();
}

function soon(): void {
  if (isSoon) return;
  isSoon = true;
  setImmediate(next);
}

/**
 * To be called between two small pieces of long work: undefined while the turn lasts, else what is to be waited for. All such work
 * of the process together has one turn between two looks at its sockets, timers and messages, however many ask.
 */
export function givingWay(): Promise<void> | undefined {
  if (performance.now() < until) return undefined;
  return new Promise((resolve) => {
    line.push(resolve);
    soon();
  });
}
