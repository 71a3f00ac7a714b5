import { fold } from './booking/searchText';
import type { Desk } from './desk';
import type { ServedPlace } from './servedPlace';

/** Shorter numbers are the beginning of too many postcodes. */
const MIN_POSTCODE_DIGITS = 2;

/** Returns the places of all desks, each once, in the order of the desks. */
export function placesOf(desks: readonly Desk[]): ServedPlace[] {
  const places = desks.flatMap((desk) => desk.places);
  return places.filter((place, i) => places.findIndex((other) => isSame(other, place)) === i);
}

/**
 * Returns the places that somebody means by what they typed: a name or a town of it, in whichever language, or a
 * postcode or its beginning, in the digits of any script. It is empty if nothing was typed.
 */
export function placesFor(desks: readonly Desk[], typed: string): ServedPlace[] {
  const text = fold(typed);
  const words = text.split(' ').filter(Boolean);
  if (words.length === 0) return [];
  const isPostcode = /^\d+$/.test(text) && text.length >= MIN_POSTCODE_DIGITS;
  return placesOf(desks).filter((place) => {
    if (isPostcode) return place.postcodes.some((start) => text.startsWith(start) || start.startsWith(text));
    const named = fold([...Object.values(place.name), ...place.towns].join(' '));
    return words.every((word) => named.includes(word));
  });
}

/** Tells whether the desk is for those who live or work in one of these places; a desk without places is for everybody. */
export function isFor(desk: Desk, places: readonly ServedPlace[]): boolean {
  return desk.places.length === 0 || desk.places.some((own) => places.some((place) => isSame(own, place)));
}

function isSame(one: ServedPlace, other: ServedPlace): boolean {
  return Object.entries(one.name).some(([tag, name]) => other.name[tag] === name);
}
