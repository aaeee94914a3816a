/** The pages as users get them: one file, which needs no package. */
import assert from 'node:assert/strict';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type * as view from 'minotaur-view';
import { temporaryFolder } from './cli.ts';

const folder = temporaryFolder();

test('the bundle of the pages renders where there is nothing but it', async () => {
  const alone = join(folder, 'view.mjs');
  copyFileSync(fileURLToPath(new URL('../packages/minotaur/dist/view.js', import.meta.url)), alone);
  const { renderVerdictPage } = (await import(pathToFileURL(alone).href)) as typeof view;
  const html = renderVerdictPage({ lead: 'a & b' });
  assert.match(html, /^<!doctype html>\n<html lang="en">[\s\S]*a &amp; b[\s\S]*<\/html>\n$/);
});
