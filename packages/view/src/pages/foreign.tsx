/** The page of foreign code: the verdict, then every column with what it owes to its start and to holes, then what ran. */
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { Facts, type Fact } from '../parts/facts.tsx';
import { Findings, type FindingProps } from '../parts/inspection.tsx';
import { renderPage } from '../parts/page.tsx';
import { Table } from '../parts/table.tsx';
import { Tiles, type Tile } from '../parts/tiles.tsx';
import style from '../style/foreign.css';

export interface ForeignColumnProps {
  readonly name: string;
  readonly verdict: string;
  /** Lower ones come first. */
  readonly rank: number;
  readonly fails: boolean;
  readonly text: string;
  /** Rows to 1 %, a millionth, a thousand-millionth, the bit; empty where no start was tried. */
  readonly warmup: readonly string[];
  /** Rows after a bar without values. */
  readonly missing: string;
  /** Windows of a live system that differ. */
  readonly window: string;
}

/** A live program against its batch. */
interface LiveProps {
  /** Column, rows, rows that differ, the first of them. */
  readonly rows: readonly (readonly string[])[];
  /** What there is to say beside them, as columns that one of the two has alone. */
  readonly notes: readonly string[];
}

export interface ForeignProps {
  readonly lead: string;
  readonly banner: BannerProps;
  readonly tiles: readonly Tile[];
  readonly columns: readonly ForeignColumnProps[];
  readonly findings: readonly FindingProps[];
  /** Column, the expression that computes it, how far; empty where none was recognised. */
  readonly catalogue: readonly (readonly string[])[];
  /** Absent where no live program was asked for. */
  readonly live: LiveProps | undefined;
  readonly facts: readonly Fact[];
}

export function renderForeignPage({
  lead,
  banner,
  tiles,
  columns,
  findings,
  catalogue,
  live,
  facts,
}: ForeignProps): string {
  const ordered = columns.toSorted((a, b) => a.rank - b.rank);
  return renderPage({
    title: 'Minotaur: foreign features',
    lead,
    style,
    scripts: [],
    children: (
      <>
        <Banner {...banner} />
        <Tiles of={tiles} />
        <section id="columns">
          <h2>Columns</h2>
          <Table class="foreign" head={['column', 'verdict', 'why']} rows={ordered.map(verdictRow)} />
        </section>
        {catalogue.length > 0 && (
          <section id="catalogue">
            <h2>In the catalogue</h2>
            <p class="soft">
              The expression of Minotaur that computes a column; of one that looks ahead the nearest that does not.
            </p>
            <Table head={['column', 'expression', 'how far']} rows={catalogue} />
          </section>
        )}
        {live !== undefined && <Live {...live} />}
        <section id="found">
          <Findings of={findings} />
        </section>
        <section id="start">
          <h2>Start, holes and windows</h2>
          <p class="soft">
            Rows after which a later start no longer shows by more than a share of the column's range; rows after a bar
            without values until the column is what it was; windows of a live system whose last row is another one.
          </p>
          <Table class="figures" head={HEAD} rows={ordered.map(startRow)} />
        </section>
        <section id="ran">
          <h2>What ran</h2>
          <Facts of={facts} />
        </section>
      </>
    ),
  });
}

function Live({ rows, notes }: LiveProps) {
  return (
    <section id="live">
      <h2>Live against batch</h2>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {rows.length > 0 && <Table head={['column', 'rows', 'that differ', 'the first']} rows={rows} />}
    </section>
  );
}

const HEAD = ['column', 'to 1 %', 'to 1e-6', 'to 1e-9', 'to the bit', 'after no values', 'windows'];

const verdictRow = ({ name, verdict, fails, text }: ForeignColumnProps) => [
  name,
  <b class={fails ? 'bad' : undefined}>{verdict}</b>,
  text,
];

const startRow = ({ name, warmup, missing, window }: ForeignColumnProps): string[] => [
  name,
  ...[0, 1, 2, 3].map((k) => warmup[k] ?? ''),
  missing,
  window,
];
