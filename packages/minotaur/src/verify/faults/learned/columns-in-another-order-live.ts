import { learnedFault, plantLiveValues } from '../learned-fault.ts';

/** Live, two columns change places. */
export const columnsInAnotherOrderLive = learnedFault({
  name: 'columns-in-another-order-live',
  imitates: 'a dict of features whose order is that of another library',
  plant: plantLiveValues(({ inputs, learned }) => {
    const [a, b] = learned.map(({ name }) => inputs.indexOf(name));
    return (row) => void ([row[a], row[b]] = [row[b], row[a]]);
  }),
});
