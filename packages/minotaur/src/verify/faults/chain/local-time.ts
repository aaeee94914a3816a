import { fault, plantOperator } from '../fault.ts';

/** The hour of a bar in the time zone of the machine. */
export const localTime = fault({
  name: 'local-time',
  imitates: 'datetime.fromtimestamp() without a time zone',
  plant: plantOperator(
    {
      run: ({ in: { 0: x }, out: { 0: out } }, from, to) => {
        for (let i = from; i < to; i++) out[i] = new Date(x[i] / 1000).getHours();
      },
    },
    'available_at',
  ),
});
