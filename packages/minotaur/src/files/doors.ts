/**
 * Version of the doors: of what is asked of files before their events are believed. It is raised with every refusal that is new or
 * wider, and with every reading that gives other events of the same bytes, so that rows which passed other doors are not taken for
 * rows that have passed these. A test holds it against the refusals that there are.
 */
export const DOORS_VERSION = 3;
