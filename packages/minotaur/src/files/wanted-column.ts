/** A column that is wanted, by our name, and its index in the file; of a time of day, that of the day as well, which is the same where there is no time of day. */
export type WantedColumn = readonly [name: string, at: number, day?: number];

/** Where in the file it stands. */
export const placesOf = ([, at, day = at]: WantedColumn): readonly number[] => [at, day];
