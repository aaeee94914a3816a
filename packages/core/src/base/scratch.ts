/** Room that is used again and again, where fresh memory for every call would cost as much as the work in it. */

/** Gives the first `length` doubles of one room, which holds whatever was left there; valid until it is asked again. */
export function createScratch(): (length: number) => Float64Array {
  let room = new Float64Array(0);
  return (length) => {
    if (room.length < length) room = new Float64Array(length);
    return room.subarray(0, length);
  };
}
