/** A list of names with a filter. */
import { useEffect, useState } from 'preact/hooks';

export interface Group {
  readonly label: string;
  readonly names: readonly string[];
}

export interface Picking {
  readonly groups: readonly Group[];
  readonly picked: string;
  readonly filter: string;
  /** Of a name in the list. */
  readonly choose: (name: string) => void;
  readonly setFilter: (filter: string) => void;
  /** Of any name: the filter goes, so that the list has it. */
  readonly pick: (name: string) => void;
}

function matching(groups: readonly Group[], filter: string): Group[] {
  const wanted = filter.trim().toLowerCase();
  return groups
    .map(({ label, names }) => ({ label, names: names.filter((name) => name.toLowerCase().includes(wanted)) }))
    .filter(({ names }) => names.length > 0);
}

/** What is picked of `groups`: `first` to begin with. What a filter leaves over is picked where it hides what was. */
export function usePicking(groups: readonly Group[], first: string): Picking {
  const [{ picked, filter }, set] = useState({ picked: first, filter: '' });
  return {
    groups: matching(groups, filter),
    picked,
    filter,
    choose: (name) => set({ picked: name, filter }),
    setFilter: (text) => {
      const names = matching(groups, text).flatMap((group) => group.names);
      set({ picked: names.includes(picked) ? picked : (names[0] ?? picked), filter: text });
    },
    pick: (name) => set({ picked: name, filter: '' }),
  };
}

export interface PickerProps {
  readonly id: string;
  readonly label: string;
  readonly picking: Picking;
}

export function Picker({ id, label, picking }: PickerProps) {
  const { groups, picked, filter, choose, setFilter } = picking;
  const count = groups.reduce((sum, { names }) => sum + names.length, 0);
  return (
    <div class="picker" id={id}>
      <label>
        {label}{' '}
        <select value={picked} onChange={(event) => choose(event.currentTarget.value)}>
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.names.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <input
        type="search"
        placeholder="filter"
        aria-label="filter"
        value={filter}
        onInput={(event) => setFilter(event.currentTarget.value)}
      />
      <span class="soft">{`${count} ${count === 1 ? 'feature' : 'features'}`}</span>
    </div>
  );
}

/** Picks what a button elsewhere on the page names in `data-KIND`, and brings the picker into view. */
export function useButtons(kind: 'lineage' | 'drift', pick: Picking['pick']): void {
  useEffect(() => {
    const onClick = ({ target }: MouseEvent): void => {
      const button = target instanceof Element ? target.closest<HTMLElement>(`button[data-${kind}]`) : null;
      const name = button?.dataset[kind];
      if (name === undefined) return;
      pick(name);
      document.getElementById(`pick-${kind}`)?.scrollIntoView();
    };
    document.addEventListener('click', onClick);
    return () => document.removeEventListener('click', onClick);
  });
}
