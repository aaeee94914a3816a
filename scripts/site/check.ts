/**
 * The site that `npm run site` built: its links lead somewhere, and a visitor comes from the front page to every kind of page, in
 * Chromium, with no complaint and nothing fetched from elsewhere. SITE_SHOTS names a folder for pictures of it.
 */
import assert from 'node:assert/strict';
import { existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, posix } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { startBrowser } from '../../test/browser.ts';

const site = fileURLToPath(new URL('../../out/site/', import.meta.url));
const shots = process.env['SITE_SHOTS'];
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

const pages = new Map(
  globSync('**/*.html', { cwd: site, exclude: ['try/**'] }).map((path) => [
    path,
    readFileSync(join(site, path), 'utf8'),
  ]),
);

test('there is a page of each operator, and of each decision', () => {
  const docs = new URL('../../docs/', import.meta.url);
  for (const source of globSync(['operators/[a-z]*.md', 'decisions/[0-9]*.md'], { cwd: docs }))
    assert.ok(pages.has(source.replace(/\.md$/, '.html')), source);
  assert.ok(pages.size > 300, `${pages.size} pages`);
});

test('every link leads to a file, and to a heading in it', () => {
  const anchors = new Map([...pages].map(([path, text]) => [path, new Set(attributes(text, 'id'))]));
  const broken: string[] = [];
  let links = 0;
  for (const [page, text] of pages) {
    for (const link of new Set([...attributes(text, 'href'), ...attributes(text, 'src')])) {
      if (/^[a-z]+:/.test(link) || page === '404.html') continue;
      links++;
      const [path, anchor] = link.split('#');
      const file =
        path === '' ? page : fileOf(path.startsWith('/') ? path : posix.join('/', posix.dirname(page), path));
      const isThere = existsSync(join(site, file)) && (!anchor || anchors.get(file)?.has(decodeURIComponent(anchor)));
      if (!isThere) broken.push(`${page}: ${link}`);
    }
  }
  assert.ok(links > 10_000, `${links} links`);
  assert.deepEqual(broken, []);
});

test('what looks like a template is text', async () => {
  const place = new URL('../../site/', import.meta.url);
  const load = (path: string): Promise<unknown> => import(new URL(path, place).href);
  const { createMarkdownRenderer } = (await load('node_modules/vitepress/dist/node/index.js')) as {
    createMarkdownRenderer(folder: string, options: unknown): Promise<{ render(text: string): string }>;
  };
  const { default: config } = (await load('.vitepress/config.ts')) as { default: { markdown: unknown } };
  const md = await createMarkdownRenderer(site, config.markdown);
  // Vue reads braces as an expression unless an element around them says v-pre, and tags as its own.
  for (const text of ['```yaml\n{{ a }}\n```', '```\n{{ a }}\n```', '    {{ a }}', '`{{ a }}`'])
    assert.match(md.render(text), / v-pre[^]*\{\{/, text);
  for (const text of ['{{ a }}', '# {{ a }}', '| {{ a }} |\n|---|', 'a <b> of {{ a }}']) {
    // In an attribute braces mean nothing.
    assert.doesNotMatch(md.render(text).replaceAll(/="[^"]*"/g, ''), /\{\{|<b>/, text);
    assert.match(md.render(text), /&#123;&#123; a/, text);
  }
});

const attributes = (text: string, name: string): string[] =>
  [...text.matchAll(new RegExp(` ${name}="([^"]*)"`, 'g'))].map(([, value]) => value.replaceAll('&amp;', '&'));

/** The file that a server gives for a path. */
function fileOf(path: string): string {
  const file = path.slice(1);
  if (file === '' || file.endsWith('/')) return `${file}index.html`;
  return extname(file) === '' ? `${file}.html` : file;
}

const browser = await startBrowser();
const needsBrowser = browser === undefined ? { skip: 'needs Chromium, which is not here' } : {};
const server = createServer(({ url = '/' }, response) => {
  const file = join(site, fileOf(new URL(url, 'http://site').pathname));
  if (existsSync(file)) response.writeHead(200, { 'content-type': TYPES[extname(file)] }).end(readFileSync(file));
  else response.writeHead(404).end();
});
let address = '';

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (shots !== undefined) mkdirSync(shots, { recursive: true });
});
after(async () => {
  await browser?.close();
  server.close();
});

interface Visit {
  readonly page: Page;
  /** What is seen now is no wider than the screen; a picture of it, if pictures are asked for. */
  look(name: string): Promise<void>;
}

/** A visitor, who hears every complaint and sees every request. */
async function visit(
  { width, dark }: { width: number; dark: boolean },
  use: (visit: Visit) => Promise<void>,
): Promise<void> {
  assert.ok(browser);
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light' });
  page.setDefaultTimeout(60_000);
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('requestfailed', (request) => {
    // What a page that was left still wanted.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`failed: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${address}/`))
      complaints.push(`elsewhere: ${request.url()}`);
  });
  const look = async (name: string): Promise<void> => {
    const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    assert.ok(overflow <= 0, `${name} is ${overflow} pixels too wide for ${width}`);
    if (shots !== undefined)
      await page.screenshot({ path: join(shots, `${name}-${width}-${dark ? 'dark' : 'light'}.png`) });
  };
  await page.goto(`${address}/`);
  // Until then nobody listens to keys.
  await page.waitForFunction('document.querySelector("#app")?.__vue_app__');
  await use({ page, look });
  assert.deepEqual(complaints, []);
  await page.close();
}

/** The title of the page, once it is there. */
const arrive = (page: Page, title: string | RegExp): Promise<void> =>
  page.locator('.vp-doc h1', { hasText: title }).first().waitFor();

test('from the front page by links to each kind of page', needsBrowser, async () => {
  await visit({ width: 1280, dark: false }, async ({ page, look }) => {
    await look('front');
    assert.match(
      await page.locator('.VPContent').innerText(),
      /npm ci && npm run demo[\s\S]*npx minotaur run out\/minotaur.yaml/,
    );
    await page.locator('.VPContent').getByRole('link', { name: 'docs/run.md', exact: true }).click();
    await arrive(page, 'The whole way');
    await page.locator('.VPNavBarMenu').getByRole('link', { name: 'Operators', exact: true }).click();
    await arrive(page, 'Operators');
    await page
      .locator('.vp-doc')
      .getByRole('link', { name: /^rsi\(/ })
      .click();
    await arrive(page, /^rsi/);
    // The page is there before its picture.
    const drawn = await page.locator('.vp-doc img').evaluate(async (element) => {
      const image = element as unknown as { naturalWidth: number; decode(): Promise<void> };
      await image.decode();
      return image.naturalWidth;
    });
    assert.ok(drawn > 0, 'no plot');
    await look('operator');
    await page.locator('.VPNavBarMenu').getByRole('link', { name: 'Decisions', exact: true }).click();
    await arrive(page, 'Decisions');
    await page.locator('.vp-doc').getByRole('link', { name: 'One chain, fed by blocks' }).click();
    await arrive(page, 'One chain, fed by blocks');
    await page.locator('.VPNavBarMenu').getByRole('link', { name: 'API', exact: true }).click();
    await arrive(page, 'API');
    await page.locator('.vp-doc').getByRole('link', { name: 'minotaur/files', exact: true }).click();
    await arrive(page, 'minotaur/files');
    const docstring = page.locator('#opentrades ~ p').first();
    assert.ok((await docstring.innerText()).length > 20);
    await look('api');
    // A page of its own, where it was built.
    if (!existsSync(join(site, 'try'))) return;
    await page.locator('.VPNavBarMenu').getByRole('link', { name: 'Try it', exact: true }).click();
    await page.waitForURL(`${address}/try/`);
    await look('try');
  });
});

test('a search for rsi finds the operator first', needsBrowser, async () => {
  await visit({ width: 1280, dark: false }, async ({ page, look }) => {
    await page.keyboard.press('Control+k');
    await page.locator('.VPLocalSearchBox input').fill('rsi');
    const first = page.locator('.VPLocalSearchBox .result').first();
    await first.waitFor();
    assert.match((await first.getAttribute('href')) ?? '', /\/operators\/rsi\.html/);
    await look('search');
    await first.click();
    await arrive(page, /^rsi/);
  });
});

const LOOKED_AT = {
  front: '/',
  operators: '/operators/',
  operator: '/operators/rsi',
  semantics: '/semantics',
  memory: '/memory',
  configuration: '/configuration',
  api: '/api/minotaur/files',
  decision: '/decisions/0002-window-sums',
};

for (const screen of [
  { width: 1280, dark: true },
  { width: 390, dark: false },
  { width: 390, dark: true },
]) {
  test(`nothing is too wide at ${screen.width} px, ${screen.dark ? 'dark' : 'light'}`, needsBrowser, async () => {
    await visit(screen, async ({ page, look }) => {
      for (const [name, path] of Object.entries(LOOKED_AT)) {
        await page.goto(`${address}${path}`);
        await page.locator('.VPContent').waitFor();
        await look(name);
      }
    });
  });
}
