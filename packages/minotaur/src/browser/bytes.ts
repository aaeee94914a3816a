/** Bytes of what a browser was handed, in bounded memory. */

/** Is told of bytes that were read. */
export type OnBytes = (bytes: number) => void;

const CHUNK = 1 << 20;

/** As they are. */
export async function* bytesIn(blob: Blob, onBytes: OnBytes): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  for (let at = 0; at < blob.size; at += CHUNK) {
    const bytes = new Uint8Array(await blob.slice(at, at + CHUNK).arrayBuffer());
    onBytes(bytes.length);
    yield bytes;
  }
}

/** Unpacked. */
export async function* unpackedIn(
  blob: Blob,
  format: 'gzip' | 'deflate-raw',
  onBytes: OnBytes,
): AsyncGenerator<Uint8Array> {
  const chunks = bytesIn(blob, onBytes);
  const packed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
  });
  // Read by hand: not every browser can iterate over a stream.
  const reader = packed.pipeThrough(new DecompressionStream(format)).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    // Who has seen enough stops early; of what was broken there is nothing more to be told.
    await reader.cancel().catch(() => undefined);
  }
}
