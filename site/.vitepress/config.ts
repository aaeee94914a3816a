/** The site: pages that scripts/site wrote to out/site-pages, built to out/site. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DefaultTheme, MarkdownRenderer, UserConfig } from 'vitepress';
import { anchorOf } from '../../scripts/site/anchor.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const { sidebar, palette, hasTry } = JSON.parse(readFileSync(at('../../out/site-pages/site.json'), 'utf8')) as {
  readonly sidebar: DefaultTheme.SidebarMulti;
  readonly palette: string;
  readonly hasTry: boolean;
};

/** Documents are Markdown as a forge has it: nothing in them is a template, an emoji or a host's name. */
function asOnAForge(md: MarkdownRenderer): void {
  md.disable('emoji');
  md.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  const { escapeHtml } = md.utils;
  md.renderer.rules.text = (tokens, i) => escapeHtml(tokens[i].content).replaceAll('{{', '&#123;&#123;');
  md.renderer.rules.code_inline = (tokens, i) => `<code v-pre>${escapeHtml(tokens[i].content)}</code>`;
  // Code that is indented looks like code that is fenced.
  md.core.ruler.push('indented_code', ({ tokens }) => {
    for (const token of tokens)
      if (token.type === 'code_block')
        Object.assign(token, { type: 'fence', tag: 'code', markup: '```', info: 'text' });
  });
}

export default {
  title: 'Minotaur',
  description: 'Exchange trades to the features of a trading model, from history and live, with the same bits',
  lang: 'en',
  srcDir: '../out/site-pages',
  outDir: '../out/site',
  cacheDir: '../out/site-cache',
  metaChunk: true,
  head: [
    ['style', {}, palette],
    ['link', { rel: 'icon', href: 'data:,' }],
  ],
  markdown: {
    html: false,
    attrs: { disable: true },
    anchor: { slugify: anchorOf },
    theme: { light: 'github-light', dark: 'github-dark' },
    config: asOnAForge,
  },
  vite: { build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 } },
  themeConfig: {
    nav: [
      { text: 'Documents', link: '/inspect', activeMatch: '^/[a-z-]+(\\.html)?$' },
      { text: 'Operators', link: '/operators/' },
      { text: 'API', link: '/api/' },
      { text: 'Decisions', link: '/decisions/' },
      // It is no page of VitePress's.
      ...(hasTry ? [{ text: 'Try it', link: '/try/', target: '_self' }] : []),
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local', options: { detailedView: false } },
  },
} satisfies UserConfig<DefaultTheme.Config>;
