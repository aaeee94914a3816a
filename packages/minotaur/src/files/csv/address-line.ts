/** A first line that is nothing but an address, as CryptoDataDownload writes the one of its site above its bars; a spreadsheet puts empty fields behind it. */
import { decoder } from './parse.ts';
import type { TextFile } from './text-file.ts';

const ADDRESS = /^"?((?:https?:\/\/|www\.)[\w./:?=&%#~-]+)"?[,;\s]*$/i;
/** Bytes within which its line has ended. */
const LONGEST = 256;
const NEWLINE = 10;

/** Whether a line is nothing but an address. */
export const isAddress = (line: string): boolean => ADDRESS.test(line.trim());

/** A text file without the address that it begins with, and that address; the lines below it keep their numbers. */
export async function withoutAddress(
  text: TextFile,
): Promise<{ readonly text: TextFile; readonly address: string | undefined }> {
  const line = await firstLine(text);
  const address = line === undefined ? undefined : ADDRESS.exec(line.trim())?.[1];
  if (line === undefined || address === undefined) return { text, address: undefined };
  // What is left of the line is blank.
  const chunks = (): AsyncGenerator<Uint8Array> => behind(text.chunks(), line.length);
  return { text: { ...text, chunks }, address };
}

/** The first line of a file, where it is a short one. */
async function firstLine({ chunks }: TextFile): Promise<string | undefined> {
  const start: number[] = [];
  for await (const chunk of chunks()) {
    for (let i = 0; i < chunk.length && start.length < LONGEST; i++) {
      if (chunk[i] === NEWLINE) return decoder.decode(Uint8Array.from(start));
      start.push(chunk[i]);
    }
    if (start.length === LONGEST) return undefined;
  }
  return undefined;
}

async function* behind(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left < chunk.length) yield left === 0 ? chunk : chunk.subarray(left);
    left = Math.max(0, left - chunk.length);
  }
}
