/** What keys do, and how they are named where they are listed. */

export type Action =
  | 'left'
  | 'right'
  | 'before'
  | 'after'
  | 'nearer'
  | 'further'
  | 'all'
  | 'oldest'
  | 'newest'
  | 'find'
  | 'labels'
  | 'predictions'
  | 'help';

interface Binding {
  readonly action: Action;
  readonly keys: readonly string[];
  /** As the list of keys has them. */
  readonly shown: string;
  readonly what: string;
}

export const BINDINGS: readonly Binding[] = [
  { action: 'left', keys: ['ArrowLeft'], shown: '←', what: 'to the left' },
  { action: 'right', keys: ['ArrowRight'], shown: '→', what: 'to the right' },
  { action: 'before', keys: ['Shift+ArrowLeft'], shown: 'Shift ←', what: 'crosshair to the bar before' },
  { action: 'after', keys: ['Shift+ArrowRight'], shown: 'Shift →', what: 'crosshair to the bar after' },
  { action: 'nearer', keys: ['+', '='], shown: '+', what: 'nearer' },
  { action: 'further', keys: ['-'], shown: '−', what: 'further away' },
  { action: 'all', keys: ['0'], shown: '0', what: 'all bars' },
  { action: 'oldest', keys: ['Home'], shown: 'Home', what: 'the oldest bars' },
  { action: 'newest', keys: ['End'], shown: 'End', what: 'the newest bars' },
  { action: 'find', keys: ['/'], shown: '/', what: 'find a feature; Enter adds it' },
  { action: 'labels', keys: ['l'], shown: 'l', what: 'labels on or off' },
  { action: 'predictions', keys: ['p'], shown: 'p', what: 'predictions on or off' },
  { action: 'help', keys: ['?'], shown: '?', what: 'these keys' },
];

/** What a key asks for; undefined where it is typed into something, or means something to the browser. */
export function actionOf(event: KeyboardEvent): Action | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey, target } = event;
  if (ctrlKey || metaKey || altKey) return undefined;
  if (target instanceof Element && target.closest('input, select, textarea, dialog') !== null) return undefined;
  const name = shiftKey && key.startsWith('Arrow') ? `Shift+${key}` : key;
  return BINDINGS.find(({ keys }) => keys.includes(name))?.action;
}
