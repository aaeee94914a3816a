/** What files write where there is no value: those words that pandas reads so, and none of a venue's. */

const NO_VALUE = /^(|-?nan|null|none|na|n\/a|#na|#n\/a|<na>|nat)$/i;

/** Whether a cell, without the spaces around it, says that there is no value. */
export const isNoValue = (cell: string): boolean => NO_VALUE.test(cell);
