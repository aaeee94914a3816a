/** Bars of a simulated market, as a CSV file. */
import { writeFileSync } from 'node:fs';
import { mulberry32 } from 'minotaur-core/internal/base/random';

/** Writes bars of a minute, which are the same for the same seed. */
export function writeBarsFile(path: string, rows: number, seed = 5, minutes = 1): string {
  const random = mulberry32(seed);
  const lines = ['date,open,high,low,close,volume'];
  let price = 100;
  for (let i = 0; i < rows; i++) {
    const open = price;
    price *= 1 + (random() + random() + random() - 1.5) * 0.003;
    const [high, low] = [
      Math.max(open, price) * (1 + random() * 0.001),
      Math.min(open, price) * (1 - random() * 0.001),
    ];
    const time = new Date(1.6992e12 + i * minutes * 60_000).toISOString();
    lines.push([time, ...[open, high, low, price].map((x) => x.toFixed(4)), (1 + random() * 90).toFixed(3)].join(','));
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
