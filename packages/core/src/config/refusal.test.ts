import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseConfig, type ConfigInput } from './config.ts';
import { keysAt } from './known-keys.ts';

const s = { bars: 'tick', threshold: 5 };
const clocks = { s };

const mistakes: readonly (readonly [string, unknown, RegExp])[] = [
  [
    'a misspelt key beside what it should be',
    { clocks: { s: { bars: 'dollar', treshold: 5 } } },
    /clocks\.s: expected a known key, found 'treshold' \(did you mean 'threshold'\?\)/,
  ],
  ['of a time clock', { clocks: { s: { bars: 'time', evry: '1min' } } }, /'evry' \(did you mean 'every'\?\)/],
  ['of a clock of two mistakes', { clocks: { s: { bars: 'dollar', treshold: 5, sufix: 'a' } } }, /'treshold'|'sufix'/],
  ['of a bar of bars', { clocks: { s, l: { from: 's', cout: 5 } } }, /clocks\.l: .*'cout' \(did you mean 'count'\?\)/],
  [
    'where the kind itself is misspelt',
    { clocks: { s, l: { form: 's', count: 5 } } },
    /clocks\.l: .*'form' \(did you mean 'from'\?\)/,
  ],
  [
    'of expected ticks',
    { clocks: { s: { bars: 'tickRun', expectedTick: 5 } } },
    /'expectedTick' \(did you mean 'expectedTicks'\?\)/,
  ],
  ['at the top', { clok: clocks }, /'clok' \(did you mean 'clocks'\?\)/],
  [
    'of an instrument',
    { clocks, instruments: { X: { venu: 'kraken' } } },
    /instruments\.X: .*'venu' \(did you mean 'venue'\?\)/,
  ],
  [
    'of a feature',
    { clocks, features: { s: [{ presett: 'prices' }] } },
    /features\.s\.0: .*'presett' \(did you mean 'preset'\?\)/,
  ],
  ['of a label', { clocks, label: { method: 'fixed', targt: 1 } }, /label: .*'targt' \(did you mean 'target'\?\)/],
  [
    'of a split',
    { clocks, split: { method: 'chronological', trian: 1 } },
    /split: .*'trian' \(did you mean 'train'\?\)/,
  ],
  ['of a model', { clocks, model: { kind: 'trees', round: 1 } }, /model: .*'round' \(did you mean 'rounds'\?\)/],
  [
    'a span without its unit',
    { clocks: { t: { bars: 'time', every: 60 } } },
    /clocks\.t\.every: expected a span such as .*1min.*, found 60/,
  ],
  ['no span at all', { clocks: { t: { bars: 'time', every: [] } } }, /every: expected a span such as/],
  ['a skew without its unit', { clocks, skew: 60 }, /skew: expected a span such as .*, found 60/],
  [
    'a delay without its unit',
    { clocks, label: { method: 'fixed', target: 0.01, stop: 0.01, limit: 4, delay: 500 } },
    /label\.delay: expected 0, or a span such as 250ms, 30s, found 500/,
  ],
  ['a latency without its unit', { clocks, instruments: { X: { latency: 250 } } }, /latency: expected 0, or a span/],
  [
    'a time of day as a number',
    { clocks, calendars: { own: { zone: 'UTC', open: 9.5, close: '16:00' } } },
    /calendars\.own\.open: expected a time of day such as 09:30, found 9\.5/,
  ],
  [
    'without a near one: all are listed',
    { clocks, ready: { zzz: 1 } },
    /expected a known key \(tolerance, ignore\), found 'zzz'/,
  ],
  [
    'a key in the wrong kind of clock is not suggested to itself',
    { clocks: { s, l: { from: 's', bars: 'tick' } } },
    /found 'bars', which is for another kind$/,
  ],
  [
    'a suffix of nothing',
    { clocks: { s: { ...s, suffix: '' } } },
    /clocks\.s\.suffix: expected letters, digits and underscores, at least one, found the text ''/,
  ],
  [
    'a name for a group of features',
    { clocks, features: { s: [{ preset: 'prices', as: 'a b' }] } },
    /features\.s\.0\.as: expected a name of letters, digits and underscores, found the text 'a b'/,
  ],
  [
    'a kind of bars',
    { clocks: { s: { bars: 'dolar', threshold: 5 } } },
    /expected dollar, tick, .* or given, found the text 'dolar' \(did you mean 'dollar'\?\)/,
  ],
  [
    'a policy',
    { clocks, trades: { duplicates: 'drpo' } },
    /expected reject, drop or keep, found the text 'drpo' \(did you mean 'drop'\?\)/,
  ],
  [
    'text for a number',
    { clocks: { s: { bars: 'tick', threshold: '2_000' } } },
    /threshold: expected a number, found the text '2_000'/,
  ],
  ['a number below', { clocks: { s: { bars: 'tick', threshold: -1 } } }, /expected a number of more than 0, found -1/],
  ['a number above', { clocks, ready: { tolerance: 5 } }, /expected a number of less than 1, found 5/],
  ['infinity', { clocks: { s: { bars: 'tick', threshold: Infinity } } }, /expected a number, found Infinity/],
  ['a list for a mapping', { clocks: [] }, /clocks: expected a mapping, name by name, found \[\]/],
  ['text for a list', { clocks, features: { s: 'close' } }, /features\.s: expected a list, found the text 'close'/],
  [
    'a number for a feature',
    { clocks, features: { s: [5] } },
    /expected text or a mapping of settings or a feature that was built in TypeScript, found 5/,
  ],
  ['nothing', { clocks: { s: null } }, /clocks\.s: expected a mapping of settings, found nothing/],
  [
    'a day as some write it',
    { clocks, instruments: { X: { times: { from: '01.02.2020' } } } },
    /expected a date such as 2024-08-31 or a time/,
  ],
  ['a name with a blank', { clocks: { 'a b': s } }, /expected a name of letters, digits and underscores/],
  [
    'an operator that is none',
    { clocks, operators: [{ name: 'x' }] },
    /operators\.0: expected an operator: what `operator\(/,
  ],
  [
    'the name of a preset',
    'startr',
    /expected a preset \(starter, spot-perpetual, minotaur\), found 'startr' \(did you mean 'starter'\?\)/,
  ],
  ['a name that every object has', 'constructor', /expected a preset/],
];

for (const [what, input, message] of mistakes) {
  test(`refused in words: ${what}`, () => {
    assert.throws(
      () => parseConfig(input as ConfigInput, 'c.yaml'),
      (error: Error) => {
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /Invalid|record|discriminator|received|undefined/);
        return true;
      },
    );
  });
}

test('every key of every section is known at its place', () => {
  assert.ok(keysAt([]).includes('instruments'));
  assert.ok(keysAt(['clocks', 'any']).includes('threshold'));
  assert.deepEqual(keysAt(['ready']), ['tolerance', 'ignore']);
});
