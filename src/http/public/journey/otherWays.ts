import type { Explanation, Relaxed } from '../../../app/slots/explainSlots';
import type { Instant } from '../../../domain/calendar/interval';
import { startOfDay } from '../../../domain/calendar/zone';
import type { Slot } from '../../../domain/slots/freeSlots';
import { firstLeadDay } from '../../../domain/slots/leadDays';
import { inLanguage } from '../../../domain/text';
import { anyOf, deskTime, languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { contactView } from '../../pages/contact';
import { nearDay, nearWhen } from '../../pages/nearWhen';
import { type Choices, journeyUrl, modeOf, speaking } from './journey';
import { languageLabel } from './journeyView';
import type { Stage } from './stage';

/** Another possibility: the first start that it opens, and where that can be booked. */
interface OtherWay {
  /** The language, if the possibility is one; shown before the text. */
  readonly spoken?: { readonly text: string; readonly lang: string };
  readonly text: string;
  /** Absent: it is what was asked for, or it has to be arranged with staff. */
  readonly href?: string | undefined;
}

/** Possibilities under one title; `inRow`: they are short enough to stand side by side. */
interface Ways {
  readonly id: string;
  readonly title: string;
  readonly ways: readonly OtherWay[];
  readonly inRow?: boolean;
}

interface WayContext {
  readonly stage: Stage;
  readonly now: Instant;
  readonly reader: Reader;
}

/** The number of languages that are compared if the client named none; the ones with the earliest starts. */
const MAX_COMPARED_LANGUAGES = 3;

/**
 * Returns why nothing is free, or nothing sooner, and what else would be possible: "English: Tue 8 Dec, 10:00 · German:
 * tomorrow, 9:30".
 *
 * @param first the earliest start of what was asked for; absent: there is none
 */
export function otherWaysView(
  stage: Stage,
  { explanation, first, now }: { explanation: Explanation; first: Slot | undefined; now: Instant },
  reader: Reader,
) {
  const asked = { stage, now, reader };
  const relaxed = worthTelling(explanation, stage.choices.also ?? []);
  if (first) return sooner(asked, first.time.start, relaxed);
  const ways = relaxed.map((each) => wayView(asked, each));
  return {
    why: why(asked, explanation),
    lists: ways.length > 0 ? [{ id: 'other-ways', title: reader.t('booking.day.instead'), ways }] : [],
    ...contactView(stage.desk),
  };
}

/** A possibility that the page tells of here; each mode has its own place on it. */
type Told = Exclude<Relaxed, { by: 'mode' }>;

/**
 * Selects the languages that the client named, or a few; and leaves out an interpreter into a language that the client
 * speaks.
 */
function worthTelling(explanation: Explanation, also: readonly string[]): readonly Told[] {
  const relaxed = explanation.relaxed.filter((each) => each.by !== 'mode');
  const languages = relaxed.filter(({ by }) => by === 'language').slice(0, also.length || MAX_COMPARED_LANGUAGES);
  return relaxed.filter((each) => {
    if (each.by === 'language') return languages.includes(each);
    return each.by !== 'interpreter' || !also.includes(each.language);
  });
}

/**
 * Returns the languages side by side, then the other possibilities, then the languages for which nothing is free
 * sooner; absent if there is nothing to show.
 */
function sooner(asked: WayContext, first: Instant, relaxed: readonly Told[]) {
  const { stage, reader } = asked;
  const { locale, t } = reader;
  const { language = '', also = [] } = stage.choices;
  const languages = relaxed.filter((each) => each.by === 'language');
  const others = relaxed.filter((each) => each.by !== 'language');
  const later = also.filter((tag) => !languages.some((each) => each.language === tag));
  const lists: Ways[] = [];
  if (languages.length > 0) {
    const own = spokenText(asked, language, first);
    const ways = [own, ...languages.map((each) => wayView(asked, each))];
    lists.push({ id: 'by-language', title: t('booking.day.byLanguage'), ways, inRow: true });
  }
  if (others.length > 0) {
    const ways = others.map((each) => wayView(asked, each));
    lists.push({ id: 'other-ways', title: t('booking.day.sooner'), ways });
  }
  if (lists.length === 0 && later.length === 0) return undefined;
  const names = later.map((tag) => languageName(locale, tag));
  return {
    lists,
    notSooner: later.length > 0 && t('booking.day.notSooner', { languages: anyOf(locale, names) }),
  };
}

function why({ stage: { desk, choices }, now, reader: { locale, t } }: WayContext, { binding }: Explanation): string {
  const { topic, language = '' } = choices;
  const { timeZone } = desk.hours;
  const leadDay = firstLeadDay({ desk, topic, now });
  return t(`booking.day.why.${binding ?? 'bookings'}`, {
    count: topic?.horizonDays ?? desk.horizonDays,
    language: languageName(locale, language),
    day: deskTime(locale, timeZone).date(startOfDay(leadDay, timeZone)),
    mode: t(`booking.mode.${modeOf(choices) ?? 'in_person'}.name`),
  });
}

function wayView(asked: WayContext, each: Told): OtherWay {
  const { desk, place, choices } = asked.stage;
  const { locale, t } = asked.reader;
  const to = (part: Partial<Choices>, where = place) =>
    journeyUrl('time', where, { ...choices, date: undefined, ...part });
  switch (each.by) {
    case 'language':
      return {
        ...spokenText(asked, each.language, each.start),
        href: to(speaking(choices, each.language)),
      };
    case 'desk':
      return {
        text: wayText(asked, inLanguage(each.desk.name, locale), each.start, each.desk.hours.timeZone),
        href: to({}, { ...place, desk: each.desk.id }),
      };
    case 'interpreter':
      if (desk.interpreters) {
        const language = languageName(locale, choices.language ?? '');
        return { text: t('booking.interpreter.into', { language }), href: to({ interpreter: true }) };
      }
      return {
        text: t('booking.day.way.interpreter', {
          language: languageName(locale, each.language),
          when: whenOf(asked, each.start),
        }),
      };
    case 'release': {
      const { timeZone } = desk.hours;
      const from = nearDay(startOfDay(each.from, timeZone), { timeZone, now: asked.now }, asked.reader);
      return { text: t('booking.day.way.release', { from, when: whenOf(asked, each.start) }) };
    }
    case 'horizon': {
      // It may be more than a year away, so the date includes the year.
      const at = deskTime(locale, desk.hours.timeZone);
      const when = t('booking.day.firstWhen', { day: at.date(each.start), time: at.time(each.start) });
      return { text: t('booking.day.way.horizon', { when }) };
    }
  }
}

function spokenText(asked: WayContext, language: string, start: Instant) {
  return { spoken: languageLabel(language), text: wayText(asked, '', start) };
}

function wayText(asked: WayContext, what: string, start: Instant, timeZone?: string): string {
  return asked.reader.t('booking.day.way.this', { what, when: whenOf(asked, start, timeZone) });
}

function whenOf({ stage, now, reader }: WayContext, start: Instant, timeZone = stage.desk.hours.timeZone): string {
  return nearWhen(start, { timeZone, now }, reader);
}
