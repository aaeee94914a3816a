/** A field with a whole number, not negative. */
export declare const int: (field: number, value: number) => Buffer;
export declare const bytes: (field: number, value: Uint8Array) => Buffer;
export declare const text: (field: number, value: string) => Buffer;
export declare const message: (field: number, parts: readonly Uint8Array[]) => Buffer;
export declare const ints: (field: number, values: readonly number[]) => Buffer;
export declare function floatBytes(values: ArrayLike<number>): Buffer;
/** Calls `onBytes` with every length-delimited field of a message, and passes over the others. */
export declare function readFields(data: Buffer, onBytes: (field: number, body: Buffer) => void, where: string): void;
