/** A report as a file of a run: JSON with every number in it, also those that JSON has no word for. */
import { readFileSync } from 'node:fs';
import { writeWhole } from '../../files/atomic.ts';

/** Written whole. */
export function writeFigures(path: string, report: unknown): void {
  const words = (_: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isFinite(value) ? { number: String(value) } : value;
  writeWhole(path, `${JSON.stringify(report, words, 2)}\n`);
}

export function readFigures(path: string): unknown {
  const numbers = (_: string, value: unknown): unknown => {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
    return keys.length === 1 && keys[0] === 'number' ? Number((value as { number: string }).number) : value;
  };
  return JSON.parse(readFileSync(path, 'utf8'), numbers);
}
