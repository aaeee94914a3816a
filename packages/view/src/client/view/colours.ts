/** Colours of the page as a canvas takes them: a style sheet may have two of each, and only the browser knows which holds. */

const NAMES = ['ink', 'soft', 'card', 'line', 'good', 'bad', 'blue', 'amber', 'violet', 'green', 'red'] as const;

export type Colours = Readonly<Record<(typeof NAMES)[number], string>>;

/** Those that hold now. */
export function coloursNow(): Colours {
  const probe = document.createElement('i');
  document.body.append(probe);
  const found = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  return Object.fromEntries(found) as Colours;
}

const OF_LINES = ['blue', 'violet', 'amber', 'green', 'red'] as const;

/** Of the i-th feature that is drawn. */
export function lineColour(i: number): (typeof OF_LINES)[number] {
  return OF_LINES[i % OF_LINES.length] as (typeof OF_LINES)[number];
}
