/** Pieces of a page that needs nothing but itself: styles, scripts and data are all inside. */

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** JSON inside a script element: no `</script>` can end it early. */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** A table; cells are text, the first row of `rows` is not a header. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = header.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('');
  const body = rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n');
  return `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

const DARK =
  '--ink: #e8e6e1; --soft: #a2a8b3; --paper: #14171c; --card: #1c2027; --line: #2d333d; --good: #57c28a; --bad: #ff8a80; --tint: #3b2326; color-scheme: dark;';

const STYLE = `
:root { color-scheme: light; --ink: #1c2330; --soft: #5c6675; --paper: #fbfaf7; --card: #ffffff; --line: #e2dfd8; --good: #1f7a4d; --bad: #b3261e; --tint: #fbe9e7; }
@media (prefers-color-scheme: dark) { :root:not([data-theme=light]) { ${DARK} } }
:root[data-theme=dark] { ${DARK} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 1080px; margin: 0 auto; padding: 32px 20px 64px; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 36px 0 10px; } h3 { font-size: 15px; margin: 18px 0 6px; }
p { margin: 6px 0; } .soft { color: var(--soft); } .lead { overflow-wrap: anywhere; }
.verdict { display: flex; flex-wrap: wrap; gap: 2px 14px; align-items: baseline; background: var(--card); border: 1px solid var(--line); border-left: 6px solid var(--good); border-radius: 8px; padding: 16px 20px; margin: 20px 0; }
.verdict.bad { border-left-color: var(--bad); } .verdict b { font-size: 19px; color: var(--good); } .verdict.bad b { color: var(--bad); }
.verdict.neutral { border-left-color: var(--soft); } .verdict.neutral b { color: var(--ink); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(150px, 100%), 1fr)); gap: 12px; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 12px 16px; } .tile b { display: block; font-size: 22px; font-variant-numeric: tabular-nums; }
.chart { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 8px; height: 340px; margin-bottom: 12px; } .chart.low { height: 170px; }
.chart-title { color: var(--soft); font-size: 13px; margin: 10px 0 4px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; background: var(--card); border: 1px solid var(--line); }
th, td { text-align: left; padding: 7px 12px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; } th { color: var(--soft); font-weight: 600; font-size: 13px; }
code { font: 13px/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
.theme { float: right; }
button, input, select { font: inherit; color: inherit; background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 4px 10px; max-width: 100%; }
button { cursor: pointer; } button:hover { border-color: var(--soft); }
`;

/** What the reader's system prefers, until a click says otherwise. Charts that hold colours of their own listen for `theme`. */
const THEME = `
document.querySelector('.theme').addEventListener('click', () => {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
  dispatchEvent(new Event('theme'));
});
`;

export interface PageParts {
  readonly title: string;
  readonly lead: string;
  readonly body: string;
  /** Scripts that run at the end, in order. */
  readonly scripts?: readonly string[];
}

export function page({ title, lead, body, scripts = [] }: PageParts): string {
  const tags = [THEME, ...scripts]
    .map((text) => `<script>${text.replaceAll('</script', '<\\/script')}</script>`)
    .join('\n');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><button class="theme" type="button">Light / dark</button><h1>${escapeHtml(title)}</h1><p class="soft lead">${escapeHtml(lead)}</p>
${body}
</main>${tags}</body></html>
`;
}
