export interface ModelDoor {
  readonly reads: string;
  run(input: Float32Array): Promise<number>;
  close(): Promise<void>;
}
/** Opens a session for one row a call, on one thread. */
export declare function openSession(file: Uint8Array, path: string, width: number, length: number): Promise<ModelDoor>;
