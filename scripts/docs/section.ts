/** A generated part of a page that is otherwise written by hand: between two comments that name it. */
export function withSection(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name}: written by npm run docs -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`expected '${open}' before '${close}'`);
  return `${page.slice(0, from + open.length)}\n\n${text}\n\n${page.slice(to)}`;
}
