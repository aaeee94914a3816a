/** The section that shows where a feature comes from. */
import { Key } from '../parts/key.tsx';
import { exampleFeature, type LineageData, type LineageStart } from '../parts/lineage.ts';
import { Place } from '../parts/place.tsx';

export interface LineageProps {
  readonly data: LineageData;
  /** Any feature, where it is absent. */
  readonly start?: LineageStart | undefined;
}

export function LineageSection({ data, start: given }: LineageProps) {
  const start = given ?? { feature: exampleFeature(data) ?? '' };
  return (
    <>
      <Place of="lineage" value={{ data, start }} />
      <Key
        of={[
          { name: 'source', style: 'background:var(--violet)' },
          { name: 'clock', style: 'background:var(--amber)' },
          { name: 'bar column', style: 'background:var(--blue)' },
          { name: 'operator', style: 'background:var(--green)' },
          { name: 'feature', style: 'background:var(--ink)' },
          ...(start.operator === undefined
            ? []
            : [
                {
                  name: 'where the first difference is',
                  style: 'background:var(--tint);outline:1px solid var(--bad)',
                },
              ]),
        ]}
      />
    </>
  );
}
