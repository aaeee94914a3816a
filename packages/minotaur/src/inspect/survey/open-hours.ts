/** Hours of the week in words. */
import { HOURS } from '../measures/sessions.ts';

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** `Mon 00-08, Sat, Sun`: days by their hours, a whole day by its name. */
export function hoursInWords(hours: readonly number[]): string {
  const of = new Set(hours);
  const days: { readonly name: string; readonly text: string }[] = [];
  for (let day = 0; day < HOURS / 24; day++) {
    const text = stretchesOf(Array.from({ length: 24 }, (_, hour) => of.has(24 * day + hour)));
    if (text !== '') days.push({ name: DAYS[day], text });
  }
  const parts: string[] = [];
  for (let i = 0; i < days.length;) {
    let end = i;
    while (end + 1 < days.length && days[end + 1].text === days[i].text && isNext(days[end].name, days[end + 1].name))
      end++;
    const name = end === i ? days[i].name : `${days[i].name} to ${days[end].name}`;
    parts.push(days[i].text === 'all' ? name : `${name} ${days[i].text}`);
    i = end + 1;
  }
  return parts.join('; ');
}

const isNext = (a: string, b: string): boolean =>
  DAYS.indexOf(b as (typeof DAYS)[number]) === DAYS.indexOf(a as (typeof DAYS)[number]) + 1;

/** `00-08, 22-24`; `all`; nothing where no hour is among them. */
function stretchesOf(day: readonly boolean[]): string {
  if (day.every(Boolean)) return 'all';
  const two = (hour: number): string => String(hour).padStart(2, '0');
  const parts: string[] = [];
  for (let hour = 0; hour < 24; hour++) {
    if (!day[hour]) continue;
    let end = hour;
    while (end < 24 && day[end]) end++;
    parts.push(`${two(hour)}-${two(end)}`);
    hour = end;
  }
  return parts.join(', ');
}
