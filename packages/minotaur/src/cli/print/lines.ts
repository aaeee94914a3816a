/** Lines that fit a terminal. */
import { oneLine } from 'minotaur-core/internal/base/printable';

const WIDTH = 100;
const INDENT = 10;

/** `name      words`, gone on below itself where that is wider than a terminal. What stands in files is made harmless. */
export function entry(name: string, text: string): string[] {
  const lines: string[] = [];
  // A blank stands behind a long name too.
  const head = `${name} `.padEnd(INDENT);
  const indent = (): number => (lines.length === 0 ? head.length : INDENT);
  let line = '';
  for (const word of oneLine(text).split(' ')) {
    if (line !== '' && indent() + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, i) => `${i === 0 ? head : ' '.repeat(INDENT)}${one}`);
}
