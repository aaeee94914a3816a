/** One exported name as Markdown: its docstring, and its declaration with the docstrings of its members. */
import { format } from 'prettier';
import ts from 'typescript';
import { asExported, statementsOf, type Named } from '../api/faces.ts';

export interface Reading {
  readonly checker: ts.TypeChecker;
  /** Where a name is described, if it is, seen from the page that is written. */
  linkTo(name: string): string | undefined;
}

type Kind = 'function' | 'class' | 'constant' | 'type';

export const KINDS: readonly { readonly kind: Kind; readonly title: string }[] = [
  { kind: 'function', title: 'Functions' },
  { kind: 'class', title: 'Classes' },
  { kind: 'constant', title: 'Constants' },
  { kind: 'type', title: 'Types' },
];

export function kindOf(symbol: ts.Symbol): Kind {
  if (symbol.flags & ts.SymbolFlags.Function) return 'function';
  if (symbol.flags & ts.SymbolFlags.Class) return 'class';
  return symbol.flags & ts.SymbolFlags.Value ? 'constant' : 'type';
}

/** Columns of code that a page shows without scrolling. */
const WIDTH = 72;

/** What the docstring says, then parameters, result and errors. */
export function proseOf({ symbol }: Named, { checker, linkTo }: Reading): string[] {
  const textOf = (parts: readonly ts.SymbolDisplayPart[] | undefined): string => markdownOf(parts ?? [], linkTo);
  const tags = symbol.getJsDocTags(checker).map(({ name, text }) => tagLine(name, textOf(text), linkTo));
  return [textOf(symbol.getDocumentationComment(checker)), tags.join('\n')].filter((text) => text !== '');
}

function tagLine(tag: string, text: string, linkTo: Reading['linkTo']): string {
  if (tag === 'returns') return `- Returns ${text}`;
  if (tag === 'throws') return `- Throws ${text.replace(/^\{(\w+)\}/, (_, name: string) => nameOf(name, linkTo))}`;
  const [, name, rest] = /^(\S+)[\s-]*([\s\S]*)$/.exec(text) ?? ['', text, ''];
  return `- \`${name}\`: ${rest}`;
}

/** A link to a name leads to where the site has it; the compiler gives it in parts. */
function markdownOf(parts: readonly ts.SymbolDisplayPart[], linkTo: Reading['linkTo']): string {
  return parts
    .filter(({ kind }) => kind !== 'link')
    .map(({ kind, text }) => (kind === 'linkName' || kind === 'linkText' ? nameOf(text.trim(), linkTo) : text))
    .join('');
}

function nameOf(name: string, linkTo: Reading['linkTo']): string {
  const link = linkTo(name);
  return link === undefined ? `\`${name}\`` : `[\`${name}\`](${link})`;
}

/** The declaration, then links to the names in it. */
export async function declarationOf(named: Named, { linkTo }: Reading): Promise<string[]> {
  const texts = statementsOf(named.symbol).map((statement) => asExported(statement.getText(), named));
  const words = new Set(
    texts.flatMap((text) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').match(/\b[A-Za-z]\w*\b/g) ?? []),
  );
  words.delete(named.name);
  const links = [...words].sort().flatMap((word) => {
    const link = /^[A-Z]/.test(word) ? linkTo(word) : undefined;
    return link === undefined ? [] : [`[\`${word}\`](${link})`];
  });
  const formatted = await format(texts.join('\n'), { parser: 'typescript', printWidth: WIDTH, singleQuote: true });
  const code = `\`\`\`ts\n${formatted.trimEnd()}\n\`\`\``;
  return links.length === 0 ? [code] : [code, `In it: ${links.join(', ')}.`];
}
