/**
 * A module whose code is one function. A process that keeps compiled code (`cli/compiled-code.ts` of `minotaur`) has that compiled by
 * itself, with what was kept of it; all others call it where it stands.
 */
import ts from 'typescript';

/** By what name a process says that it keeps compiled code. */
const KEEPER = 'globalThis[Symbol.for("minotaur.compiled")]';

/** What is put in the place of a piece of text. */
interface Put {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** What a bundle imports and exports. */
interface Edges {
  /** Modules, in the order in which they are loaded. */
  readonly modules: readonly string[];
  readonly puts: readonly Put[];
  /** Names, and what the code calls them. */
  readonly exported: readonly (readonly [string, string])[];
}

const nameOf = (module: number): string => `$imported${module}`;

/** It is not imported: an import would load all that it has to give, such as what a browser knows of keys. */
const isOfNode = (name: string): boolean => name.startsWith('node:');

const importOf = (name: string, i: number): string =>
  isOfNode(name)
    ? `const ${nameOf(i)} = process.getBuiltinModule('${name}');\n`
    : `import * as ${nameOf(i)} from '${name}';\n`;

/** The constants that an import stands for. */
function constantsOf({ importClause: clause }: ts.ImportDeclaration, module: string, from: string): string {
  const { name: whole, namedBindings: named } = clause ?? {};
  if (named !== undefined && ts.isNamespaceImport(named)) return `const ${named.name.text} = ${from};`;
  const parts = (named?.elements ?? []).map(({ propertyName, name }) =>
    propertyName === undefined ? name.text : `${propertyName.text}: ${name.text}`,
  );
  const constants = parts.length === 0 ? '' : `const { ${parts.join(', ')} } = ${from};`;
  if (whole === undefined) return constants;
  return `const ${whole.text} = ${isOfNode(module) ? from : `${from}.default`};${constants}`;
}

function edgesOf(source: ts.SourceFile): Edges {
  const modules: string[] = [];
  const puts: Put[] = [];
  const exported: (readonly [string, string])[] = [];
  const put = (node: ts.Node, text: string): void => {
    const from = node.getStart(source);
    // As many lines as before.
    puts.push({ from, to: node.end, text: text + source.text.slice(from, node.end).replace(/[^\n]/g, '') });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isMetaProperty(node)) put(node, '$meta');
    else if (node.kind === ts.SyntaxKind.ImportKeyword) put(node, '$import');
    else ts.forEachChild(node, visit);
  };
  for (const statement of source.statements) {
    if (ts.isImportDeclaration(statement)) {
      const { text } = statement.moduleSpecifier as ts.StringLiteral;
      if (!modules.includes(text)) modules.push(text);
      put(statement, constantsOf(statement, text, nameOf(modules.indexOf(text))));
    } else if (ts.isExportDeclaration(statement)) {
      for (const { propertyName, name } of (statement.exportClause as ts.NamedExports).elements)
        exported.push([name.text, (propertyName ?? name).text]);
      put(statement, '');
    } else visit(statement);
  }
  return { modules, puts, exported };
}

/** @throws where an export has no value yet when it is declared: what was handed out would stay without it */
function requireValues(source: ts.SourceFile, exported: Edges['exported']): void {
  const own = new Set(exported.map(([, value]) => value));
  for (const statement of source.statements.filter(ts.isVariableStatement))
    for (const { name, initializer } of statement.declarationList.declarations)
      if (initializer === undefined && own.has(name.getText(source)))
        throw new Error(`expected exports with a value where they are declared, found none of ${name.getText(source)}`);
}

/**
 * The module `text` as such a one, with `notices` before it.
 * @param text imports anywhere, one list of exports, none of which is given another value once it is loaded
 */
export function keptCompiled(text: string, notices: string): string {
  const source = ts.createSourceFile('bundle.js', text, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const { modules, puts, exported } = edgesOf(source);
  requireValues(source, exported);
  let code = '';
  let at = 0;
  for (const { from, to, text: instead } of puts) {
    code += text.slice(at, from) + instead;
    at = to;
  }
  code += text.slice(at);
  const imports = modules.map(importOf).join('');
  const given = modules.map((_, i) => nameOf(i));
  const own = code.includes('$import(')
    ? { $meta: 'import.meta', $import: '(name) => import(name)' }
    : { $meta: 'import.meta' };
  const head = `${notices}${imports}const $code = (`;
  // Where the function begins: places in it are those in this file.
  const place = `${head.length}, ${head.split('\n').length - 1}`;
  return `${head}function (${[...Object.keys(own), ...given].join(', ')}) {
"use strict";
${code}
return { ${exported.map(([name, value]) => `${name}: ${value}`).join(', ')} };
});
export const { ${exported.map(([name]) => name).join(', ')} } =
  (${KEEPER}?.($code, import.meta.url, ${place}) ?? $code)(${[...Object.values(own), ...given].join(', ')});
`;
}
