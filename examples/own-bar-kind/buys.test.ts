import { test } from 'node:test';
import { assertBarKind } from 'minotaur/testing';
import { buys } from './buys.ts';

test('bars of buys keep the laws', () => assertBarKind(buys, { thresholds: [1, 5, 40] }));
