/** `minotaur venues`: what is known of each venue, and how well. */
import { listVenues } from '../../runs/venues.ts';
import { print, type OutputFlags } from '../output.ts';
import { venueLines } from '../print/venues.ts';

export function venuesCommand({ json }: OutputFlags): void {
  print(listVenues(), json, venueLines);
}
