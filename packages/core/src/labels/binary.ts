/** Labels as a classifier learns them. */

/**
 * 1 where the label is a gain, 0 where it is none, NaN where there is no label. A horizon's label is a sign: a loss and no
 * change are both not a gain.
 */
export function binaryLabels(label: Float64Array): Float64Array {
  return label.map((value) => (value === value ? Number(value > 0) : NaN));
}
