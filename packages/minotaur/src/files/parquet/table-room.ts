/**
 * Memory for the values of tables that are written one after the other, as those of months are: made anew for each, it was what the
 * collector of garbage ran for.
 */

/** Where it lies while no table has it. */
export interface TableRoom {
  memory?: Float64Array<ArrayBuffer> | undefined;
}

const rooms = new WeakMap<object, TableRoom>();

/** That of the tables of one owner, for as long as somebody has him. */
export function roomOf(owner: object): TableRoom {
  const found = rooms.get(owner) ?? {};
  rooms.set(owner, found);
  return found;
}

/** What lies there, which is the caller's until he puts something back. */
export function takeMemory(room: TableRoom): Float64Array<ArrayBuffer> {
  const { memory = new Float64Array(0) } = room;
  room.memory = undefined;
  return memory;
}
