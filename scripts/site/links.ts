/** Links between sources, as links between pages of the site. */
import { posix } from 'node:path';

/** Where a source of the repository is on the site, by its path: a page or a picture, with an anchor or without. */
export type Places = ReadonlyMap<string, string>;

/** Code is left as it is; what stands in it is no link. */
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;

/**
 * The text of a source with its relative links turned into those of its page. A link to what the site does not have is an error:
 * the site has all that the documents link to.
 */
export function relink(text: string, source: string, places: Places): string {
  const page = placeOf(places, source, source);
  const turned = (link: string): string => {
    if (/^([a-z]+:|#)/.test(link)) return link;
    const [path, anchor] = link.split('#');
    const target = placeOf(places, posix.normalize(posix.join(posix.dirname(source), path)), source);
    const [file, ofPlace] = target.split('#');
    const hash = anchor ?? ofPlace;
    const relative = posix.relative(posix.dirname(page), file);
    // VitePress takes a picture for a module unless its path says that it is relative.
    return `${relative.startsWith('.') ? '' : './'}${relative}${hash === undefined ? '' : `#${hash}`}`;
  };
  return text
    .split(CODE)
    .map((part, i) =>
      i % 2 === 1 ? part : part.replaceAll(/\]\(([^)\s]+)\)/g, (_, link: string) => `](${turned(link)})`),
    )
    .join('');
}

function placeOf(places: Places, path: string, source: string): string {
  const place = places.get(path.replace(/\/$/, ''));
  if (place === undefined) throw new Error(`${source}: expected a link to a page of the site, found ${path}`);
  return place;
}
