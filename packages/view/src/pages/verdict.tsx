/**
 * The verdict first, what was covered, where it breaks, then where features come from, how much history they need, and how far
 * their values have drifted.
 */
import type { ComponentChild } from 'preact';
import explorers from 'client:explorers';
import { Banner, type BannerProps } from '../parts/banner.tsx';
import { CheckTable, type Check } from '../parts/check-table.tsx';
import type { Drift } from '../parts/drift-data.ts';
import { Facts, type Fact } from '../parts/facts.tsx';
import { Failures, type Failure } from '../parts/failures.tsx';
import { renderPage } from '../parts/page.tsx';
import { Tiles, type Tile } from '../parts/tiles.tsx';
import { secondOf } from '../parts/time.ts';
import { Timeline, type Ribbon } from '../parts/timeline.tsx';
import style from '../style/verdict.css';
import { Answers, type Answer } from './answers.tsx';
import { DriftBanner, DriftSection } from './drift.tsx';
import { LineageSection, type LineageProps } from './lineage.tsx';
import { WarmupSection, type WarmupProps } from './warmup.tsx';

/** What the checks have found. */
export interface Judged {
  readonly banner: BannerProps;
  readonly answers: readonly Answer[];
  /** How much was covered. */
  readonly tiles: readonly Tile[];
  /** First and last time of the events, microseconds; absent where no check went through events. */
  readonly span?: { readonly from: number; readonly to: number } | undefined;
  /** What of the files was lost or left out, and what somebody should look at. */
  readonly taken: readonly Fact[];
  readonly failures: readonly Failure[];
  readonly ribbons: readonly Ribbon[];
  readonly checks: readonly Check[];
}

export interface VerdictProps {
  /** What was read. */
  readonly lead: string;
  /** Absent where only drift was asked for. */
  readonly judged?: Judged | undefined;
  readonly lineage?: LineageProps | undefined;
  readonly warmup?: WarmupProps | undefined;
  readonly drift?: Drift | undefined;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: ComponentChild;
}

export function renderVerdictPage(props: VerdictProps): string {
  const { lead, judged, drift } = props;
  const sections = sectionsOf(props);
  const explored = [props.lineage, props.warmup, drift].some((part) => part !== undefined);
  return renderPage({
    title: judged === undefined ? 'Minotaur: drift' : 'Minotaur: verification',
    lead,
    style,
    scripts: explored ? [explorers] : [],
    children: (
      <>
        {judged !== undefined && <Head {...judged} />}
        {judged === undefined && drift !== undefined && <DriftBanner {...drift} />}
        <nav>
          {sections.map((section) => (
            <a href={`#${section.id}`}>{section.title}</a>
          ))}
        </nav>
        {sections.map(({ id, title, body }) => (
          <section id={id}>
            <h2>{title}</h2>
            {body}
          </section>
        ))}
      </>
    ),
  });
}

function Head({ banner, answers, tiles, span }: Judged) {
  return (
    <>
      <Banner {...banner} />
      <Answers of={answers} />
      <Tiles of={tiles} />
      {span !== undefined && <p class="soft">{`${secondOf(span.from)} to ${secondOf(span.to)}`}</p>}
    </>
  );
}

/** Those that have something to show. */
function sectionsOf({ judged, lineage, warmup, drift }: VerdictProps): Section[] {
  const { taken = [], failures = [], ribbons = [], checks = [] } = judged ?? {};
  const sections: Section[] = [
    { id: 'failures', title: 'Where it breaks', body: failures.length > 0 && <Failures of={failures} /> },
    { id: 'taken', title: 'What was read', body: taken.length > 0 && <Facts of={taken} /> },
    { id: 'timeline', title: 'Over time', body: ribbons.length > 0 && <Timeline ribbons={ribbons} /> },
    { id: 'checks', title: 'Checks', body: checks.length > 0 && <CheckTable checks={checks} /> },
    { id: 'lineage', title: 'Where a feature comes from', body: lineage && <LineageSection {...lineage} /> },
    { id: 'warmup', title: 'History that live needs', body: warmup && <WarmupSection {...warmup} /> },
  ];
  const drifted: Section = { id: 'drift', title: 'Drift', body: drift && <DriftSection {...drift} /> };
  // Where nothing else was asked, drift is the answer and comes first.
  const ordered = judged === undefined ? [drifted, ...sections] : [...sections, drifted];
  return ordered.filter(({ body }) => body !== undefined && body !== false);
}
