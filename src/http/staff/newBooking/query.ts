import type { SlotQuery } from '../../../app/slots/slotQuery';
import { type Desk, languagesOf, MODES, type Mode, topicsOnOffer } from '../../../domain/desk';
import { lookupLanguage } from '../../../domain/language';
import { mayBookFor } from '../../../domain/staff/rights';
import { inLanguage } from '../../../domain/text';
import { ownAndKnownName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { SignedIn } from '../../middleware/staff';
import type { Fields } from '../forms';

/** The fields of the form that make up the query. */
export const QUERY_FIELDS = ['topic', 'language', 'mode', 'advisor', 'urgent'] as const;

export type KnownSlotQuery = SlotQuery & { readonly mode: Mode };

/** Returns the query of the fields if the desk knows all of it; null if nothing was chosen, or something is wrong. */
export function slotQueryOf(desk: Desk, fields: Fields): KnownSlotQuery | null {
  const { topic, language, advisor } = fields;
  const mode = MODES.find((each) => each === fields.mode);
  if (!topic || !language || !mode || wrongInQuery(desk, fields).length > 0) return null;
  return { topicId: topic, language, mode, advisorId: advisor || undefined, urgent: isUrgent(fields) };
}

/** Returns the fields that were not chosen, or whose value the desk does not offer. */
export function wrongInQuery(desk: Desk, fields: Fields): (typeof QUERY_FIELDS)[number][] {
  const topic = desk.topics.find(({ id }) => id === fields.topic);
  const known = {
    topic: topic !== undefined,
    language: lookupLanguage(languagesOf(desk), fields.language ?? '') !== undefined,
    mode: (topic?.modes ?? MODES).some((mode) => mode === fields.mode),
    advisor: !fields.advisor || desk.advisors.some(({ id }) => id === fields.advisor),
    urgent: true,
  };
  return QUERY_FIELDS.filter((field) => !known[field]);
}

function isUrgent({ urgent }: Fields): boolean {
  return urgent === 'true';
}

/** Returns the choices of the form; among the advisors only those for whom the person may book. German and English come first among the languages, see `languagesOf`. */
export function queryChoices(desk: Desk, chosen: Fields, staff: SignedIn, { locale, t }: Reader) {
  const people = desk.advisors.filter(({ id, retired }) => !retired && mayBookFor(staff, desk.id, id));
  const anyone = mayBookFor(staff, desk.id, null);
  const option = (id: string, name: string, field: string) => ({
    value: id,
    text: name,
    selected: chosen[field] === id,
  });
  return {
    topics: topicsOnOffer(desk).map((topic) =>
      option(
        topic.id,
        t('staff.newBooking.topicLength', { topic: inLanguage(topic.name, locale), minutes: topic.durationMinutes }),
        'topic',
      ),
    ),
    spoken: languagesOf(desk).map((tag) => option(tag, ownAndKnownName(locale, tag), 'language')),
    modes: MODES.filter((mode) => topicsOnOffer(desk).some(({ modes }) => modes.includes(mode))).map((mode) =>
      option(mode, t(`staff.mode.${mode}`), 'mode'),
    ),
    people: [
      ...(anyone ? [option('', t('staff.times.anyone'), 'advisor')] : []),
      ...people.map(({ id, name }) => option(id, name, 'advisor')),
    ],
    urgent: isUrgent(chosen),
    mayBeUrgent: isUrgent(chosen) || desk.reserves.some(({ urgent }) => urgent),
  };
}
