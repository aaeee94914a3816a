/** docs/decisions/README.md: the records in order. A record without its head fails here, so that none is without. */
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../docs/decisions/', import.meta.url);
const HEAD = /^# (\d+)\. (.+)\n\n- Date: (\d{4}-\d\d-\d\d)\n- Status: (.+)\n- Alternatives: .+\n- Open: (.+)\n\n/;

export function decisionsPage(): string {
  const files = readdirSync(folder)
    .filter((name) => /^\d{4}-.*\.md$/.test(name))
    .sort();
  const rows = files.map((file, i) => {
    const match = HEAD.exec(readFileSync(new URL(file, folder), 'utf8'));
    if (match === null)
      throw new Error(`docs/decisions/${file}: expected a title, Date, Status, Alternatives and Open`);
    const [, number, title, date, status, open] = match;
    if (Number(number) !== i + 1 || Number(file.slice(0, 4)) !== i + 1)
      throw new Error(`docs/decisions/${file}: expected number ${i + 1}`);
    return `| ${number} | [${title}](${file}) | ${date} | ${status} | ${open} |`;
  });
  return [
    '# Decisions',
    'Why things are as they are: what was asked, what was measured, what was not taken. Written by `npm run docs` from the heads of the records; do not edit. A record that no longer holds keeps its place, with the status `superseded by` and the number.',
    ['| | decision | date | status | open |', '|--:|---|---|---|---|', ...rows].join('\n'),
    '',
  ].join('\n\n');
}
