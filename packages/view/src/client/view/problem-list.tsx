/** What was wrong with the input, line by line, with a filter. */
import { useState } from 'preact/hooks';
import { count } from '../../parts/numbers.ts';
import { Table } from '../../parts/table.tsx';
import type { ViewedProblem, ViewScene } from '../../parts/view-data.ts';

export interface ProblemListProps {
  readonly scene: ViewScene;
  readonly goTo: (time: number) => void;
}

export function ProblemList({ scene: { problems, problemCount }, goTo }: ProblemListProps) {
  const [filter, setFilter] = useState('');
  if (problemCount === 0) return <p>None: every row of the input was used as it is.</p>;
  const wanted = filter.trim().toLowerCase();
  const found = problems.filter((problem) => textOf(problem).includes(wanted));
  const first = problemCount > problems.length ? `the first ${count(problems.length)} of ` : '';
  return (
    <>
      <p class="picker">
        <input
          id="problem-filter"
          type="search"
          placeholder="filter"
          aria-label="filter of problems"
          value={filter}
          onInput={(event) => setFilter(event.currentTarget.value)}
        />
        <span class="soft">{`${count(found.length)} shown, of ${first}${count(problemCount)}; problems.jsonl has all`}</span>
      </p>
      <div class="tall">
        <Table
          class="problems"
          head={['problem', 'place', 'expected', 'found']}
          rows={found.map((problem) => [
            <KindOf problem={problem} goTo={goTo} />,
            <code>{problem.place}</code>,
            problem.expected,
            problem.found,
          ])}
        />
      </div>
    </>
  );
}

function textOf({ place, problem, handling, expected, found }: ViewedProblem): string {
  return [place, problem, handling, expected, found].join('\n').toLowerCase();
}

interface KindProps {
  readonly problem: ViewedProblem;
  readonly goTo: ProblemListProps['goTo'];
}

function KindOf({ problem: { problem, handling, count: rows, time }, goTo }: KindProps) {
  const text = `${problem}, ${handling}${rows > 1 ? `, ${count(rows)} rows` : ''}`;
  if (time === null) return <>{text}</>;
  return (
    <button type="button" title="show the bars of that time" onClick={() => showAt(() => goTo(time))}>
      {text}
    </button>
  );
}

function showAt(go: () => void): void {
  go();
  document.getElementById('bars')?.scrollIntoView({ block: 'center' });
}
