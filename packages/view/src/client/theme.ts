/** What the reader's system prefers, until a click says otherwise. What holds colours of its own listens for `theme`. */

const system = matchMedia('(prefers-color-scheme: dark)');
const root = document.documentElement;

document.querySelector('.theme')?.addEventListener('click', () => {
  const dark = root.dataset['theme'] === undefined ? system.matches : root.dataset['theme'] === 'dark';
  root.dataset['theme'] = dark ? 'light' : 'dark';
  dispatchEvent(new Event('theme'));
});
system.addEventListener('change', () => dispatchEvent(new Event('theme')));
