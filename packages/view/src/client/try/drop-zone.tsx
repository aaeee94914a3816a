/** Where trades come from: a file that is dropped or chosen, or simulated ones. */
import { useEffect, useState } from 'preact/hooks';
import { count } from '../../parts/numbers.ts';
import type { Doing } from './work.ts';

/** Some hours of a market that never was. */
const SIMULATED = 300_000;

export function DropZone({ open, refuse }: Pick<Doing, 'open' | 'refuse'>) {
  const take = (files: FileList | null): void => {
    const [file] = files ?? [];
    if (file === undefined) return;
    if (files?.length === 1) open(file, file.name);
    else refuse({ where: 'what was dropped', expected: 'one file', found: count(files?.length ?? 0) });
  };
  const isOver = useDrop(take);
  return (
    <div class={isOver ? 'drop over' : 'drop'}>
      <label class="choose">
        <input
          id="file"
          type="file"
          accept=".csv,.gz,.zip,.txt,.jsonl"
          aria-describedby="kinds"
          onChange={(event) => {
            take(event.currentTarget.files);
            event.currentTarget.value = ''; // the same file may be chosen again
          }}
        />
        <b>Choose a file of trades</b>, or drop it anywhere here
      </label>
      <p class="soft small" id="kinds">
        CSV, plain, .gz or .zip, of any size: dumps of Binance, Bybit, OKX, Kraken, BitMEX, Tardis and others are known
        by their columns.
      </p>
      <button type="button" id="simulate" onClick={() => open(SIMULATED, 'simulated trades')}>
        Use simulated trades
      </button>
    </div>
  );
}

/** Files may be dropped on all of the page. */
function useDrop(take: (files: FileList | null) => void): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent): void => {
      event.preventDefault();
      setOver(true);
    };
    const onLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer?.files ?? null);
    };
    addEventListener('dragover', onOver);
    addEventListener('dragleave', onLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('dragover', onOver);
      removeEventListener('dragleave', onLeave);
      removeEventListener('drop', onDrop);
    };
  }, [take]);
  return isOver;
}
