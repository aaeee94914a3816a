/** The parts of a page that its scripts look for. */
import { dataId, embedJson, placeId, type PageData } from './page-data.ts';

export interface EmbeddedProps<K extends keyof PageData> {
  readonly of: K;
  readonly value: PageData[K];
}

/** The data alone. */
export function Embedded<K extends keyof PageData>({ of, value }: EmbeddedProps<K>) {
  return <script type="application/json" id={dataId(of)} dangerouslySetInnerHTML={{ __html: embedJson(value) }} />;
}

/** A place that a script fills from its data. */
export function Place<K extends keyof PageData>({ of, value }: EmbeddedProps<K>) {
  return (
    <>
      <div id={placeId(of)} />
      <noscript>
        <p class="soft">To pick and to draw, this part needs scripts.</p>
      </noscript>
      <Embedded of={of} value={value} />
    </>
  );
}
