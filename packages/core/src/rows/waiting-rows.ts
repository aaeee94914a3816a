/** Rows that wait for what other instruments may still bring: the part of them that is known. */
import type { AlignedRows } from './align.ts';
import type { OwnPart } from './joined-rows.ts';
import { createQueue, type Queue } from './queue.ts';

const TIME = 0;
const READY = 1;
const COMPLETE = 2;
const HOLE_END = 3;
const ERA = 4;
const VALUES = 5;

/** Rows in order of time; the first of them as it is joined. */
export interface WaitingRows extends OwnPart, Pick<Queue, 'count' | 'shift' | 'saveLength' | 'save' | 'load'> {
  /** Adds row `r` of a block. */
  add(block: AlignedRows, r: number): void;
}

export function createWaitingRows(width: number): WaitingRows {
  const rows = createQueue(VALUES + width);
  return {
    get count() {
      return rows.count;
    },
    get time() {
      return rows.doubles[rows.first + TIME];
    },
    get ready() {
      return rows.doubles[rows.first + READY];
    },
    get complete() {
      return rows.doubles[rows.first + COMPLETE];
    },
    get holeEnd() {
      return rows.doubles[rows.first + HOLE_END];
    },
    get era() {
      return rows.doubles[rows.first + ERA];
    },
    get values() {
      return rows.doubles;
    },
    get at() {
      return rows.first + VALUES;
    },
    add({ time, ready, complete, holeEnd, era, values }, r) {
      const at = rows.add();
      rows.doubles[at + TIME] = time[r];
      rows.doubles[at + READY] = ready[r];
      rows.doubles[at + COMPLETE] = complete[r];
      rows.doubles[at + HOLE_END] = holeEnd[r];
      rows.doubles[at + ERA] = era[r];
      rows.doubles.set(values.subarray(r * width, (r + 1) * width), at + VALUES);
    },
    shift: () => rows.shift(),
    get saveLength() {
      return rows.saveLength;
    },
    save: (into, at) => rows.save(into, at),
    load: (from, at, count) => rows.load(from, at, count),
  };
}
