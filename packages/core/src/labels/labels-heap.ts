/** A binary min-heap of rows by key over typed arrays, which grow by doubling: nothing else is allocated. */

export interface RowHeap {
  /** The least key; infinite where the heap is empty. */
  readonly top: number;
  push(key: number, row: number): void;
  /** Takes the row of the least key out of a heap that is not empty. */
  pop(): number;
}

export function createRowHeap(): RowHeap {
  return new TypedRowHeap();
}

class TypedRowHeap implements RowHeap {
  #keys = new Float64Array(1024);
  #rows = new Int32Array(1024);
  #size = 0;

  get top(): number {
    return this.#size === 0 ? Infinity : this.#keys[0];
  }

  push(key: number, row: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    const keys = this.#keys;
    const rows = this.#rows;
    let at = this.#size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (keys[parent] <= key) break;
      keys[at] = keys[parent];
      rows[at] = rows[parent];
      at = parent;
    }
    keys[at] = key;
    rows[at] = row;
  }

  pop(): number {
    const keys = this.#keys;
    const rows = this.#rows;
    const first = rows[0];
    const size = --this.#size;
    const key = keys[size];
    let at = 0;
    for (let child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) child++;
      if (keys[child] >= key) break;
      keys[at] = keys[child];
      rows[at] = rows[child];
      at = child;
    }
    keys[at] = key;
    rows[at] = rows[size];
    return first;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#size);
    const rows = new Int32Array(2 * this.#size);
    keys.set(this.#keys);
    rows.set(this.#rows);
    this.#keys = keys;
    this.#rows = rows;
  }
}
