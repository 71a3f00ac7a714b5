import { isAfternoon } from '../../../app/slots/firstTimes';
import type { SlotQuery } from '../../../app/slots/slotQuery';
import type { Instant } from '../../../domain/calendar/interval';
import { type Desk, languagesOf, MODES, type Mode, type Topic, topicsOnOffer } from '../../../domain/desk';
import { lookupLanguage } from '../../../domain/language';
import { canTake } from '../../../domain/offering';
import { mayBookFor } from '../../../domain/staff/rights';
import { inLanguage } from '../../../domain/text';
import { anyOf, languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import { dateOrNull } from '../../typedTime';
import type { Fields } from '../forms';

/** The fields of the form that make up the query. */
export const QUERY_FIELDS = ['topic', 'language', 'mode', 'advisor', 'urgent'] as const;
/** When it should be; absent: as early as possible. */
const TIMES = ['soon', 'afternoon'] as const;

export type KnownSlotQuery = SlotQuery & { readonly mode: Mode };

/** Returns the query of the fields if the desk knows all of it; null if nothing was chosen, or something is wrong. */
export function slotQueryOf(desk: Desk, fields: Fields): KnownSlotQuery | null {
  const { topic, language, advisor } = fields;
  const mode = modeOf(desk, fields);
  if (!topic || !language || !mode || wrongInQuery(desk, fields).length > 0) return null;
  return { topicId: topic, language, mode, advisorId: advisor || undefined, urgent: isUrgent(fields) };
}

/** Returns the mode that was chosen; if none was, the first in which somebody could take it. */
function modeOf(desk: Desk, fields: Fields): Mode | undefined {
  const offered = topicOf(desk, fields)?.modes ?? MODES;
  if (fields.mode) return offered.find((mode) => mode === fields.mode);
  return offered.find((mode) => isModePossible(desk, fields, mode)) ?? offered[0];
}

/** Tells whether somebody could take what is chosen in the mode. What the desk does not know plays no part. */
function isModePossible(desk: Desk, fields: Fields, mode: Mode): boolean {
  const topic = topicOf(desk, fields);
  const language = lookupLanguage(languagesOf(desk), fields.language ?? '') ?? null;
  const wanted = { topicId: topic?.id ?? null, language, mode, advisorId: fields.advisor || undefined };
  return (!topic || topic.modes.includes(mode)) && desk.advisors.some((each) => canTake(each, wanted));
}

function topicOf(desk: Desk, { topic }: Fields): Topic | undefined {
  return desk.topics.find(({ id }) => id === topic);
}

/** Returns the fields that were not chosen, or whose value the desk does not offer. */
export function wrongInQuery(desk: Desk, fields: Fields): (typeof QUERY_FIELDS)[number][] {
  const known = {
    topic: topicOf(desk, fields) !== undefined,
    language: lookupLanguage(languagesOf(desk), fields.language ?? '') !== undefined,
    mode: modeOf(desk, fields) !== undefined,
    advisor: !fields.advisor || desk.advisors.some(({ id }) => id === fields.advisor),
    urgent: true,
  };
  return QUERY_FIELDS.filter((field) => !known[field]);
}

function isUrgent({ urgent }: Fields): boolean {
  return urgent === 'true';
}

/** Returns the day that was asked for, by a button or in the field; null: any. */
export function dayOf({ day, date }: Fields): string | null {
  return dateOrNull(day) ?? dateOrNull(date);
}

/** Tells whether the start is in the part of the day that was asked for. */
export function inAskedPart(fields: Fields, desk: Desk): (start: Instant) => boolean {
  return (start) => !asksAfternoon(fields) || isAfternoon(start, desk);
}

/** Tells whether only afternoons were asked for. */
export function asksAfternoon({ when }: Fields): boolean {
  return when === 'afternoon';
}

/**
 * Returns the choices of the form; among the advisors only those for whom the person may book. German and English come
 * first among the languages, see `languagesOf`. What is impossible with the other choices cannot be chosen, and a hint
 * says what is possible.
 */
export function queryChoices(desk: Desk, chosen: Fields, staff: SignedIn, { locale, t }: Reader) {
  const people = desk.advisors.filter(({ id, retired }) => !retired && mayBookFor(staff, desk.id, id));
  const anyone = mayBookFor(staff, desk.id, null);
  const topic = topicOf(desk, chosen);
  const advisorId = chosen.advisor || undefined;
  const option = (field: string, value: string, text: string, isPossible = true) => {
    const selected = chosen[field] === value;
    // A browser does not send an option that is disabled, and what was chosen must not be lost.
    return { value, text, selected, ...(!isPossible && { disabled: !selected }) };
  };
  const wanted = { topicId: topic?.id ?? null, mode: topic?.modes ?? null, advisorId };
  const languages = languagesOf(desk).map((tag) => ({
    id: tag,
    name: languageName(locale, tag),
    isPossible: desk.advisors.some((each) => canTake(each, { ...wanted, language: tag })),
  }));
  const mode = modeOf(desk, chosen);
  const modes = MODES.filter((each) => topicsOnOffer(desk).some((offered) => offered.modes.includes(each))).map(
    (each) => ({ id: each, name: t(`staff.mode.${each}`), isPossible: isModePossible(desk, chosen, each) }),
  );
  const possible = (all: readonly { readonly name: string; readonly isPossible: boolean }[]) =>
    all.every(({ isPossible }) => isPossible)
      ? undefined
      : t('staff.newBooking.possible', {
          list: anyOf(
            locale,
            all.filter(({ isPossible }) => isPossible).map(({ name }) => name),
          ),
        });
  return {
    topics: topicsOnOffer(desk).map(({ id, name, durationMinutes: minutes }) =>
      option('topic', id, t('staff.newBooking.topicLength', { topic: inLanguage(name, locale), minutes })),
    ),
    spoken: languages.map(({ id, name, isPossible }) =>
      option('language', id, isPossible ? name : t('staff.newBooking.nobodySpeaks', { name }), isPossible),
    ),
    spokenHint: possible(languages),
    whens: TIMES.map((each) => option('when', each, t(`staff.newBooking.when.${each}`))),
    modes: modes.map(({ id, name, isPossible }) => ({
      value: id,
      text: isPossible ? name : t('staff.newBooking.notOffered', { name }),
      selected: id === (mode ?? topic?.modes[0]),
      ...(!isPossible && { disabled: true }),
    })),
    modesHint: possible(modes),
    people: [
      ...(anyone ? [option('advisor', '', t('staff.times.anyone'))] : []),
      ...people.map(({ id, name }) => option('advisor', id, name)),
    ],
    urgent: isUrgent(chosen),
    mayBeUrgent: isUrgent(chosen) || desk.reserves.some(({ urgent }) => urgent),
  };
}
