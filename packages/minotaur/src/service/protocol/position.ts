/** Where a row stands: rows of an epoch are numbered from its cold start on, and epochs follow one another. */

/** Names a row for good; written `epoch:ordinal`. */
export interface Position {
  /** Counts cold restarts, and holes that were filled later. */
  readonly epoch: number;
  /** Rows of its epoch before it. */
  readonly ordinal: number;
}

/** As it stands in queries and messages. */
export const positionText = ({ epoch, ordinal }: Position): string => `${epoch}:${ordinal}`;

/** What {@link positionText} wrote; undefined for any other text. */
export function parsePosition(text: string): Position | undefined {
  const match = /^([0-9]{1,9}):([0-9]{1,15})$/.exec(text);
  return match === null ? undefined : { epoch: Number(match[1]), ordinal: Number(match[2]) };
}

/** Negative where `a` is before `b`, 0 where they are the same. */
export const comparePositions = (a: Position, b: Position): number => a.epoch - b.epoch || a.ordinal - b.ordinal;

/** The place behind it in its epoch. */
export const positionAfter = ({ epoch, ordinal }: Position): Position => ({ epoch, ordinal: ordinal + 1 });
