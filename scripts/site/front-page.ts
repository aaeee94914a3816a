/** The front page is the README: its title and first paragraph large, the rest as it stands. */

interface Action {
  readonly text: string;
  readonly link: string;
}

const ACTIONS: readonly Action[] = [
  { text: 'The whole way', link: '/run' },
  { text: 'Your own trades', link: '/inspect' },
  { text: 'Operators', link: '/operators/' },
];

export function frontPage(readme: string): string {
  const parts = /^# (.+)\n+(.+)\n/.exec(readme);
  if (parts === null) throw new Error('README.md: expected a title and a paragraph');
  const [whole, name, paragraph] = parts;
  const tagline = paragraph.replaceAll('**', '');
  const actions = ACTIONS.map((action, i) => ({ theme: i === 0 ? 'brand' : 'alt', ...action }));
  // JSON is YAML.
  const head = JSON.stringify({
    layout: 'home',
    title: name,
    titleTemplate: tagline,
    hero: { name, tagline, actions },
  });
  return `---\n${head}\n---\n${readme.slice(whole.length)}`;
}
