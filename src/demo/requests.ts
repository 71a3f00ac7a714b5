import type { BookingRequest } from '../app/booking/bookConsultation';
import type { SlotQuery } from '../app/slots/slotQuery';
import { SUPPORT } from '../domain/booking/booking';
import type { Instant } from '../domain/calendar/interval';
import { type Desk, isCall, isVisit, MODES } from '../domain/desk';
import { doesMode } from '../domain/offering';
import type { LanguageTag } from '../domain/text';
import { someAnswers } from './answers';
import { COMPANIES, NOTES, PEOPLE, phoneNumber } from './people';
import type { Random } from './random';

/** Makes a query that a client might have, and that at least one advisor of the desk can serve. */
export function someWish(desk: Desk, random: Random): SlotQuery {
  const advisor = random.pick(desk.advisors.filter(({ topics }) => topics.length > 0));
  const topicId = random.pick(advisor.topics);
  const topic = desk.topics.find(({ id }) => id === topicId);
  const modes = (topic?.modes ?? []).filter((mode) => doesMode(advisor, mode));
  return {
    topicId,
    language: someLanguage(advisor.languages, random),
    mode: random.chance(50) ? modes[0] : random.pick(modes),
    advisorId: random.chance(12) ? advisor.id : undefined,
  };
}

/** Picks a language, mostly another than German and English, because clients come for those. */
function someLanguage(languages: readonly LanguageTag[], random: Random): LanguageTag {
  const rare = languages.filter((tag) => tag !== 'de' && tag !== 'en');
  return rare.length > 0 && random.chance(55) ? random.pick(rare) : random.pick(languages);
}

/** Makes a client and the way of asking: web, phone or walk-in. Only requests in the `past` may be walk-ins. */
export function someClient(
  { topicId, language, mode = MODES[0] }: SlotQuery,
  random: Random,
  { desk, start, past }: { readonly desk: Desk; readonly start: Instant; readonly past: boolean },
): Pick<BookingRequest, 'details' | 'source'> {
  const questions = desk.topics.find(({ id }) => id === topicId)?.questions ?? [];
  const people = PEOPLE[language] ?? PEOPLE.en ?? [];
  const { name, handle } = random.pick(people);
  const source = random.chance(70) ? 'web' : past && random.chance(40) ? 'walk_in' : 'phone';
  const reachable = source === 'web' || random.chance(60);
  return {
    source,
    details: {
      client: {
        name,
        email: reachable ? `${handle}${random.below(90) + 10}@client.example` : null,
        phone: !reachable || isCall(mode) || random.chance(40) ? phoneNumber(random.below(1000)) : null,
        language,
      },
      attendees: random.chance(20) && isVisit(mode) ? 2 + random.below(2) : 1,
      onBehalfOf:
        topicId === 'employers' || random.chance(12)
          ? { organisation: random.pick(COMPANIES), name: random.pick(people).name }
          : null,
      people: [],
      support: random.chance(6) ? [random.pick(SUPPORT)] : [],
      note: random.chance(25) ? random.pick(NOTES[language === 'de' ? 'de' : 'en']) : null,
      answers: someAnswers(questions, random, { start, language, source }),
    },
  };
}
