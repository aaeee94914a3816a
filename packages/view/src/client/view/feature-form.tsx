/** Finds a feature by its name, and gives it a pane or takes it away. */
import { Picker, type Picking } from '../picker.tsx';

export interface FeatureFormProps {
  readonly picking: Picking;
  /** Indices of those that have a pane. */
  readonly shown: readonly number[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly toggle: (index: number) => void;
}

export function FeatureForm({ picking, shown, indexOf, toggle }: FeatureFormProps) {
  const index = indexOf.get(picking.picked);
  const isShown = index !== undefined && shown.includes(index);
  return (
    <form
      class="feature-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (index !== undefined) toggle(index);
      }}
    >
      <Picker id="pick-pane" label="Feature" picking={picking} />
      <button type="submit">{isShown ? 'Remove' : 'Add'}</button>
    </form>
  );
}
