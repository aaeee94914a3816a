/** A page for each folder of examples: its README, if it has one, and every file whole. */
import { globSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { anchorOf } from './anchor.ts';

export interface Example {
  /** Of the repository: `examples/library`. */
  readonly folder: string;
  readonly page: string;
  /** The page before its links are turned. */
  readonly text: string;
  /** Where each file is on the page. */
  readonly places: ReadonlyMap<string, string>;
}

const LANGUAGES: Readonly<Record<string, string>> = { '.ts': 'ts', '.py': 'py', '.txt': 'text' };

export function examplesOf(root: string): Example[] {
  return globSync('examples/*', { cwd: root })
    .sort()
    .map((folder) => {
      const files = globSync('*.{ts,py,txt}', { cwd: join(root, folder) }).sort();
      const page = `${folder}.md`;
      const readme = globSync('README.md', { cwd: join(root, folder) }).map((name) => read(root, folder, name));
      const head = readme[0] ?? `# Example: ${basename(folder).replaceAll('-', ' ')}\n`;
      const shown = files.map((name) => `## ${name}\n\n${fenced(name, read(root, folder, name))}`);
      const places = new Map(files.map((name) => [`${folder}/${name}`, `${page}#${anchorOf(name)}`]));
      return { folder, page, text: [head, ...shown].join('\n'), places };
    });
}

const read = (root: string, folder: string, name: string): string => readFileSync(join(root, folder, name), 'utf8');

const fenced = (name: string, text: string): string =>
  `\`\`\`\`${LANGUAGES[extname(name)]}\n${text.trimEnd()}\n\`\`\`\`\n`;
