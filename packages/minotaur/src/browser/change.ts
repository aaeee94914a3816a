/** Changes that a form makes in a configuration; what else is written there stays as it is. */
import { isMap, isSeq, parseDocument, type Document } from 'yaml';
import { fail } from 'minotaur-core/internal/base/errors';
import { parseConfig } from 'minotaur-core/internal/config/config';
import { createPlan } from 'minotaur-core/internal/chain/plan';
import type { ConfigChange } from '#view';
import { parseText } from '../files/config-text.ts';

/** Names the text in messages. */
export const CONFIGURATION = 'configuration';

/** @throws {MinotaurError} where the text is no configuration, or would be none with the change: what the core says of it */
export function changedText(text: string, change: ConfigChange): string {
  parseText(text, CONFIGURATION);
  const document = parseDocument(text);
  if (change.kind === 'feature') addFeature(document, change.clock, change.expression.trim());
  else setBars(document, change.bars, change.size.trim());
  const changed = document.toString({ lineWidth: 0, singleQuote: true });
  createPlan(parseConfig(parseText(changed, CONFIGURATION), CONFIGURATION));
  return changed;
}

function addFeature(document: Document, clock: string, expression: string): void {
  if (expression === '') fail('config', 'feature', 'an expression, such as rsi(close, 14)', 'nothing');
  const path = ['features', clock];
  if (isSeq(document.getIn(path))) document.addIn(path, expression);
  else document.setIn(path, document.createNode([expression]));
}

/** Of the clock that drives, or the first. */
function setBars(document: Document, bars: string, size: string): void {
  const clocks = document.get('clocks');
  const [first] = isMap(clocks) ? clocks.items : [];
  const clock = document.get('drive') ?? (first?.key as { readonly value?: unknown } | undefined)?.value;
  if (clock === undefined) fail('config', 'clocks', 'a clock', 'none');
  const path = ['clocks', clock];
  document.setIn([...path, 'bars'], bars);
  const [set, unset] = bars === 'time' ? ['every', 'threshold'] : ['threshold', 'every'];
  document.deleteIn([...path, unset]);
  document.setIn([...path, set], bars === 'time' || !Number.isFinite(Number(size)) ? size : Number(size));
}
