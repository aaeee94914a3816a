/** The file that a table is written to. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { partialFile, type PartialFile } from '../atomic.ts';
import { writing } from '../../node/writing.ts';

export type TableOutput = ReturnType<typeof createOutput>;

/** A file of a directory that is made durable and gets its place whole. */
const fileInside = (path: string): Pick<PartialFile, 'path' | 'commit' | 'abort'> => ({
  path,
  commit: () => undefined,
  abort: () => rmSync(path, { force: true }),
});

/** A file that is appended to in pieces: under a hidden name, where it is no part of something that is hidden itself. */
export function createOutput(target: string, isInside: boolean) {
  const file = isInside ? fileInside(target) : partialFile(target);
  let handle = writing(target, () => openSync(file.path, 'w'));
  const bytes = new ByteWriter(1 << 16);
  const close = (): void => {
    if (handle >= 0) closeSync(handle);
    handle = -1;
  };
  const abort = (): void => {
    close();
    file.abort();
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return writing(target, work);
    } catch (error) {
      abort();
      throw error;
    }
  };
  return {
    bytes,
    abort,
    flush(atLeast: number): void {
      if (bytes.index < atLeast) return;
      guarded(() => {
        const view = bytes.getBytes();
        for (let at = 0; at < view.length;) at += writeSync(handle, view, at);
      });
      bytes.index = 0;
    },
    commit: () =>
      guarded(() => {
        close();
        file.commit();
      }),
  };
}
