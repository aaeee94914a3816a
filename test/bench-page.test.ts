import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { curves } from '../bench/page/curves.ts';
import { figuresPage, type Page } from '../bench/page/figures.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const page = JSON.parse(read('bench/page/figures.json')) as Page;

test('the page of figures and its picture are what the benchmarks wrote', () => {
  assert.equal(read('docs/benchmarks-figures.md'), figuresPage(page));
  assert.equal(read('docs/pictures/scaling.svg'), curves(page['scaling'].figures));
});

test('a figure that misses what was asked is marked, one that meets it is not', () => {
  const machine = { date: '2026-01-01', node: 'v24', engine: '1', cpu: 'x', cores: 2, load: 1 };
  const figure = { unit: 'us', median: 5, min: 4, max: 6, runs: 3 };
  const figures = [
    { ...figure, name: 'slow', asked: { under: 5 } },
    { ...figure, name: 'quick', asked: { under: 6 } },
    { ...figure, name: 'few', asked: { least: 6 } },
    { ...figure, name: 'many', asked: { least: 5 } },
  ];
  const text = figuresPage({ suite: { title: 'A suite', ...machine, figures } });
  assert.match(text, /\| slow \| under 5 \| \*\*5 us\*\* \| 4 to 6, 3 runs \|/);
  assert.match(text, /\| quick \| under 6 \| 5 us \|/);
  assert.match(text, /\| few \| at least 6 \| \*\*5 us\*\* \|/);
  assert.match(text, /\| many \| at least 5 \| 5 us \|/);
});
