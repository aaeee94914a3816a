import { test } from 'node:test';
import { assertOperator, watchLoading } from 'minotaur/testing';

// Loaded under the watch, what its modules take from Math, Date or Intl while they load is seen when it is called.
const { value } = await watchLoading(() => import('./up-share.ts'));

test('up_share keeps the laws', () => assertOperator(value.upShare));
