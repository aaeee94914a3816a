/** Where event time may be moved on between two trades. */

/** For every place: the newest time before it and the oldest from it on. A late trade leaves no silence around it. */
export function reaches(time: Float64Array, length: number): { before: Float64Array; after: Float64Array } {
  const before = new Float64Array(length + 1).fill(-Infinity);
  const after = new Float64Array(length + 1).fill(-Infinity);
  for (let i = 0; i < length; i++) before[i + 1] = time[i] > before[i] ? time[i] : before[i];
  for (let i = length - 1, least = Infinity; i > 0; i--) after[i] = least = time[i] < least ? time[i] : least;
  return { before, after };
}

/** A time for a watermark at that place, before all that is still to come; undefined where there is no silence. */
export function silentTime(
  { before, after }: ReturnType<typeof reaches>,
  i: number,
  random: () => number,
): number | undefined {
  if (!(after[i] > before[i])) return undefined;
  return random() < 0.5 ? after[i] : before[i] + Math.floor(random() * (after[i] - before[i] + 1));
}
