/**
 * Opens pages in Chromium: named by CHROMIUM, on the path, or the npm package @sparticuz/chromium.
 */
import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';

/**
 * The first Chromium that starts: some systems have a script of that name that does nothing. It speaks no language, as on a server,
 * so that what asks for the reader's is found out.
 */
export async function startBrowser(): Promise<Browser | undefined> {
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', LANGUAGE: '' };
  const launch = (executablePath: string): Promise<Browser> =>
    chromium.launch({ executablePath, args: ['--no-sandbox'], env });
  const named = process.env['CHROMIUM'];
  if (named !== undefined) return launch(named);
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  for (const path of (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((place) => names.map((name) => join(place, name)))) {
    const started = existsSync(path) ? await launch(path).catch(() => undefined) : undefined;
    if (started !== undefined) return started;
  }
  const brought = await unpackChromium();
  return brought === undefined ? undefined : launch(brought);
}

/** A Chromium that npm brought, with the libraries that a bare machine lacks. */
async function unpackChromium(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  // By it the package knows that it has to unpack its libraries too, and puts them on the path of libraries.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x';
  const name = '@sparticuz/chromium';
  try {
    const { default: brought } = (await import(name)) as { default: { executablePath(): Promise<string> } };
    return await brought.executablePath();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

export interface Screen {
  readonly width?: number;
  readonly dark?: boolean;
}

type Use = (page: Page) => Promise<void>;

/** Opens a page of a file, as {@link openUrl}, and asks that nothing was fetched. */
export async function openPage(
  browser: Browser,
  { file, shots }: { readonly file: string; readonly shots: string },
  use: Use,
  screen?: Screen,
): Promise<void> {
  const url = pathToFileURL(file).href;
  const requests = await openUrl(browser, { url, name: basename(file, '.html'), shots }, use, screen);
  assert.deepEqual(requests, [url]);
}

/** Opens a page, hands it over, takes a picture, and asks that nothing was complained of; answers what was fetched. */
export async function openUrl(
  browser: Browser,
  { url, name, shots }: { readonly url: string; readonly name: string; readonly shots: string },
  use: Use,
  { width = 1100, dark = false }: Screen = {},
): Promise<readonly string[]> {
  const page = await browser.newPage({
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
  });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(error.message));
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  await use(page);
  const path = join(shots, `${name}-${width}-${dark ? 'dark' : 'light'}.png`);
  await page.screenshot({ path, fullPage: true });
  assert.ok(statSync(path).size > 20_000, 'an empty picture');
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
  assert.ok((overflow as number) <= 0, `${name} is ${overflow as number} pixels too wide for ${width}`);
  assert.deepEqual(complaints, []);
  await page.close();
  return requests;
}

/** Pixels of a colour in what is drawn inside a place; read from copies, as the browser warns of reading what is drawn on. */
export function countPixels(page: Page, place: string, colour: readonly number[]): Promise<number> {
  return page.evaluate(`[...document.querySelectorAll('${place} canvas')].reduce((sum, { width, height }, i, canvases) => {
    const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvases[i], 0, 0);
    const { data } = copy.getImageData(0, 0, width, height);
    for (let k = 0; k < data.length; k += 4) if ([${colour.join()}, 255].every((part, j) => data[k + j] === part)) sum++;
    return sum;
  }, 0)`);
}

/** Waits until more than `least` pixels of a colour are drawn: charts draw with a later frame, and a busy machine has few of them. */
export async function drawn(page: Page, place: string, colour: readonly number[], least: number): Promise<void> {
  for (const end = performance.now() + 10_000; (await countPixels(page, place, colour)) <= least;) {
    assert.ok(performance.now() < end, `no ${least} pixels of ${colour.join()} in ${place}`);
    await page.waitForTimeout(50);
  }
}

export async function textOf(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).innerText()).trim();
}
