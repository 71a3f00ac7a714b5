import type { Desk } from '../../../../domain/desk';
import { placesFor, placesOf } from '../../../../domain/places';
import { inLanguage } from '../../../../domain/text';
import { paths, url } from '../../../../paths';
import type { Reader } from '../../../../presentation/texts';
import { asQuery, type FirstPageQuery } from './asked';

/** More places are not told one by one: a name or a postcode is typed. */
const MAX_TILES = 8;

/**
 * Returns the question where the client lives or works: a tile for each place, and a field for a postcode or a name;
 * undefined if no desk is for some places alone.
 */
export function whereView(desks: readonly Desk[], query: FirstPageQuery, { locale, t }: Reader) {
  const places = placesOf(desks);
  if (places.length === 0) return undefined;
  const meant = placesFor(desks, query.place);
  const { place: _, ...others } = asQuery(query, locale);
  return {
    action: paths.deskList,
    hidden: Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }])),
    typed: query.place,
    tiles: places.slice(0, places.length > MAX_TILES ? 0 : MAX_TILES).map((place) => ({
      text: place.name,
      isChosen: meant.includes(place),
      href: url(paths.deskList, {}, asQuery({ ...query, place: inLanguage(place.name, locale) }, locale)),
    })),
    unknown: query.place && meant.length === 0 ? t('booking.deskList.whereUnknown', { typed: query.place }) : undefined,
    anyHref: query.place ? url(paths.deskList, {}, asQuery({ ...query, place: '' }, locale)) : undefined,
  };
}
