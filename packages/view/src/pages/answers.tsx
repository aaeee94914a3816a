/** The questions that a reader brings, and what the checks answer. */

export interface Answer {
  readonly question: string;
  readonly answer: 'yes' | 'no' | 'not asked' | 'not answered';
  /** The checks that say so: of a no, those that fail; where it is not answered, those that compared nothing. */
  readonly checks: readonly string[];
}

const WORDS = {
  yes: { class: 'yes', text: '✓ yes' },
  no: { class: 'no', text: '✗ no' },
  'not asked': { class: 'soft', text: 'not asked' },
  'not answered': { class: 'soft', text: 'not answered' },
} as const;

export function Answers({ of }: { readonly of: readonly Answer[] }) {
  return (
    <div class="answers">
      {of.map(({ question, answer, checks }) => (
        <div class="answer">
          <b>{question}</b>
          <span class={WORDS[answer].class}>{WORDS[answer].text}</span> <small>{checks.join(', ')}</small>
        </div>
      ))}
    </div>
  );
}
