import assert from 'node:assert/strict';
import { test } from 'node:test';
import { embedJson } from './page-data.ts';

test('nothing in embedded data ends its element, and it reads as it was', () => {
  const value = { name: '</script><!--<script>', list: [1, 'a<b', null] };
  const text = embedJson(value);
  assert.ok(!text.includes('<'));
  assert.deepEqual(JSON.parse(text), value);
});
