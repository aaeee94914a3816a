/** What the parts of the page share in the browser: a picker of features. */
import { escapeHtml } from './html.ts';

/** A filter and a list; `names` in groups are put into it by the script, which calls back with what is picked. */
export function picker(id: string, label: string): string {
  const name = escapeHtml(label);
  return `<div class="picker" id="${id}"><label>${name} <select aria-label="${name}"></select></label> <input type="search" placeholder="filter" aria-label="filter"><span class="soft"></span></div>`;
}

export const PICKER_STYLE = `<style>.picker { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 8px 0 12px; } .picker label { display: flex; gap: 8px; align-items: center; max-width: 100%; } .picker select { min-width: 180px; } .picker input { width: 130px; }</style>`;

/** `createPicker(id, groups, onPick)`: groups are `{ label, names }`; returns a function that picks a name. */
export const PICKER_SCRIPT = `
function createPicker(id, groups, onPick) {
  const root = document.getElementById(id);
  const [select, filter, note] = ['select', 'input', 'span'].map((tag) => root.querySelector(tag));
  const fill = () => {
    const wanted = filter.value.trim().toLowerCase();
    const before = select.value;
    let count = 0;
    select.replaceChildren(...groups.map(({ label, names }) => {
      const group = document.createElement('optgroup');
      group.label = label;
      group.append(...names.filter((name) => name.toLowerCase().includes(wanted)).map((name) => new Option(name, name)));
      count += group.children.length;
      return group;
    }).filter((group) => group.children.length > 0));
    note.textContent = count + (count === 1 ? ' feature' : ' features');
    if ([...select.options].some(({ value }) => value === before)) select.value = before;
    else if (count > 0) show();
  };
  const show = () => onPick(select.value);
  filter.addEventListener('input', fill);
  select.addEventListener('change', show);
  fill();
  return (name) => {
    filter.value = '';
    fill();
    select.value = name;
    show();
  };
}
`;
