/** What the parts of the page share: a picker of features, a key of colours. */
import { escapeHtml } from './html.ts';

/** A filter and a list; `names` in groups are put into it by the script, which calls back with what is picked. */
export function picker(id: string, label: string): string {
  const name = escapeHtml(label);
  return `<div class="picker" id="${id}"><label>${name} <select aria-label="${name}"></select></label> <input type="search" placeholder="filter" aria-label="filter"><span class="soft"></span></div>`;
}

/** What colours mean: pairs of a name and the style of its swatch. */
export function key(entries: readonly (readonly [name: string, style: string])[]): string {
  return `<p class="key">${entries.map(([name, style]) => `<span><i style="${style}"></i>${escapeHtml(name)}</span>`).join(' ')}</p>`;
}

export const PARTS_STYLE = `<style>
.picker { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 8px 0 12px; } .picker label { display: flex; gap: 8px; align-items: center; max-width: 100%; } .picker select { min-width: 180px; } .picker input { width: 130px; }
.key { color: var(--soft); font-size: 13px; display: flex; flex-wrap: wrap; gap: 2px 16px; } .key i { display: inline-block; width: 12px; height: 10px; border-radius: 3px; margin-right: 5px; }
.half { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 360px), 1fr)); gap: 12px 24px; align-items: start; } .facts { display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px; margin: 0; } .facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: break-word; }
</style>`;

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
