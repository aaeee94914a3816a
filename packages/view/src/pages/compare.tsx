/** The page of a comparison: what holds of the whole, every column that differs, and the values where each parts. */
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { Compared, type ComparedProps } from '../parts/compared.tsx';
import { Facts } from '../parts/facts.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { Tiles, type Tile } from '../parts/tiles.tsx';
import style from '../style/compare.css';

export interface CompareProps {
  readonly lead: string;
  readonly banner: BannerProps;
  readonly tiles: readonly Tile[];
  /** Of keys and of the table. */
  readonly findings: readonly { readonly name: string; readonly text: string; readonly or: readonly string[] }[];
  readonly facts: readonly (readonly [term: string, text: string])[];
  readonly columns: readonly ComparedProps[];
}

export function renderComparePage({ lead, banner, tiles, findings, facts, columns }: CompareProps): string {
  return renderPage({
    title: 'Minotaur: two tables',
    lead,
    style,
    scripts: [],
    children: (
      <>
        <Banner {...banner} />
        <Tiles of={tiles} />
        {findings.length > 0 && <h2>Of the whole</h2>}
        <div class="findings">
          {findings.map(({ name, text, or }) => (
            <div class="finding" key={text}>
              <b>{name}</b>
              <p>{text}</p>
              {or.map((other) => (
                <p key={other}>{`or: ${other}`}</p>
              ))}
            </div>
          ))}
        </div>
        <h2>What was compared</h2>
        <Facts of={facts} />
        {columns.length > 0 && <Columns of={columns} />}
      </>
    ),
  });
}

const HEAD = ['column', 'why', 'rows', 'largest, of the value', 'first'];

function Columns({ of }: { readonly of: readonly ComparedProps[] }) {
  const rows = of.map(({ name, cause, share, relative, first }, i) => [
    <a href={`#column-${i}`}>{name}</a>,
    cause,
    share,
    relative,
    first,
  ]);
  return (
    <>
      <h2>Columns that differ</h2>
      <Table head={HEAD} rows={rows} />
      <h2>One by one</h2>
      {of.map((column, i) => (
        <Compared {...column} id={`column-${i}`} open={i < 3} key={column.name} />
      ))}
    </>
  );
}
