/**
 * Milliseconds that a server wants to be left alone for: the header has seconds, or a date.
 * @param wall milliseconds since 1970
 */
export function retryAfterOf(header: string | null, wall: number): number | undefined {
  if (header === null) return undefined;
  if (/^\d+(\.\d+)?$/.test(header)) return 1000 * Number(header);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - wall);
}
