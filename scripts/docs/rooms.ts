/** The rooms of the packages, as docs/architecture.md shows them; .dependency-cruiser.cjs holds the same list against the code. */
import { readFileSync } from 'node:fs';

interface Place {
  readonly name: string;
  readonly what: string;
}

interface Room extends Place {
  readonly floors?: readonly Place[];
}

export interface Package extends Place {
  /** Folder under packages/. */
  readonly package: string;
  readonly rooms: readonly Room[];
}

export const packages = JSON.parse(readFileSync(new URL('../rooms.json', import.meta.url), 'utf8')) as Package[];

export function roomTables(): string {
  return packages.map(table).join('\n\n');
}

function table({ package: folder, name, what, rooms }: Package): string {
  const lines = rooms.flatMap((room) => [
    `| \`${room.name}/\` | ${room.what} |`,
    ...(room.floors ?? []).map((floor) => `| \`${room.name}/${floor.name}/\` | ${floor.what} |`),
  ]);
  return [
    `\`packages/${folder}/src\`, the package \`${name}\`, ${what}:`,
    '',
    '| room | |',
    '|---|---|',
    ...lines,
  ].join('\n');
}
