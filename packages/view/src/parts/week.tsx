/** The hours of a week as a grid: days below each other, the darker the more there is. */
import { count } from './numbers.ts';

export interface WeekProps {
  /** From Monday, 00:00 on; null of what is not known. */
  readonly hours: readonly (number | null)[];
  /** What is counted. */
  readonly unit: string;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const two = (hour: number): string => String(hour).padStart(2, '0');

export function Week({ hours, unit }: WeekProps) {
  const most = Math.max(1, ...hours.map((value) => value ?? 0));
  return (
    <div class="week">
      {DAYS.map((name, day) => (
        <>
          <b>{name}</b>
          {hours.slice(24 * day, 24 * day + 24).map((value, hour) => {
            const what = value === null ? 'not in the span' : `${count(Math.round(value))} ${unit}`;
            const kind = value === null ? 'unknown' : value === 0 ? 'none' : undefined;
            const share = `--share:${((100 * (value ?? 0)) / most).toFixed(0)}%`;
            return <i title={`${name} ${two(hour)}:00, ${what}`} class={kind} style={share} />;
          })}
        </>
      ))}
      <b />
      {hours.slice(0, 24).map((_, hour) => (
        <small>{hour % 6 === 0 ? two(hour) : ''}</small>
      ))}
    </div>
  );
}
