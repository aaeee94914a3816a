/** What the checks say: one row each. */
import { count } from './numbers.ts';

export interface Check {
  readonly name: string;
  /** The law in words. */
  readonly law: string;
  readonly holds: boolean;
  /** False where nothing was compared: it neither holds nor fails. */
  readonly answered: boolean;
  /** How much was compared. Text is a list of names, and may be long. */
  readonly compared: Readonly<Record<string, number | string>>;
  /** What stands beside the law, a line each. */
  readonly notes?: readonly string[];
}

export interface CheckTableProps {
  readonly checks: readonly Check[];
  /** The page on which failures are told; this one where absent. */
  readonly failures?: string;
}

/** Every check: whether it holds, what it says, how much it compared. */
export function CheckTable({ checks, failures = '' }: CheckTableProps) {
  return (
    <div class="scroll">
      <table class="checks">
        <thead>
          <tr>
            <th aria-label="result" />
            <th>check</th>
            <th>what it says</th>
            <th>compared</th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check) => (
            <Row {...check} failures={failures} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  name,
  law,
  holds,
  answered,
  compared,
  notes = [],
  failures,
}: Check & Required<Pick<CheckTableProps, 'failures'>>) {
  return (
    <tr>
      {answered ? (
        <td class={holds ? 'holds' : 'fails'}>{holds ? '✓ holds' : '✗ FAILS'}</td>
      ) : (
        <td class="soft">not answered</td>
      )}
      <td>{holds || !answered ? name : <a href={`${failures}#failure-${name}`}>{name}</a>}</td>
      <td>
        {law}
        {notes.map((note) => (
          <div class="soft">{note}</div>
        ))}
      </td>
      <td class="amounts">
        {Object.entries(compared).map(([what, n]) =>
          typeof n === 'number' ? (
            <>
              <span>{`${count(n)} ${words(what)}`}</span>{' '}
            </>
          ) : (
            <span class="long">{`${words(what)}: ${n}`}</span>
          ),
        )}
      </td>
    </tr>
  );
}

/** `neverFilled` as a person writes it. */
const words = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
