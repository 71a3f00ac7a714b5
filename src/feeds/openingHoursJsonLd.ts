import { addDays } from '../domain/calendar/dates';
import type { LocalDate, LocalTime, LocalWindow, WindowKind } from '../domain/calendar/hours';
import { plainWeeks } from '../domain/calendar/series';
import { onClock } from '../domain/calendar/stretches';
import type { Desk } from '../domain/desk';
import { inLanguage, type LanguageTag } from '../domain/text';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

interface Given {
  readonly desk: Desk;
  /** Days of [from, to). */
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** The desk's page. */
  readonly url: string;
  /** How a kind of window is described: "by appointment". */
  readonly describe: (kind: WindowKind) => string;
}

/**
 * Returns the desk as schema.org's GovernmentOffice, for search engines: its ordinary weeks, and each day that differs
 * as special opening hours, a closed one from 00:00 to 00:00. `validThrough` is the last day. Where a desk has windows of
 * several kinds, each is described.
 */
export function openingHoursJsonLd({ desk, from, to, url, describe }: Given, language: LanguageTag) {
  const { weeks, others } = plainWeeks(desk.hours, from, to);
  const specification = ({ start, end, kind }: LocalWindow) => ({
    '@type': 'OpeningHoursSpecification',
    opens: start,
    closes: lastMinute(end),
    ...(kind && { description: describe(kind) }),
  });
  return {
    '@context': 'https://schema.org',
    '@type': 'GovernmentOffice',
    '@id': url,
    url,
    name: inLanguage(desk.name, language),
    address: desk.address,
    telephone: desk.phone,
    email: desk.email,
    availableLanguage: [...new Set(desk.advisors.flatMap((advisor) => advisor.languages))].sort(),
    openingHoursSpecification: weeks.flatMap(({ from: first, to: end, week }) =>
      week.flatMap(({ weekdays, windows }) =>
        onClock(windows).map((window) => ({
          ...specification(window),
          dayOfWeek: weekdays.map((weekday) => `https://schema.org/${WEEKDAYS[weekday - 1]}`),
          ...(weeks.length > 1 && { validFrom: first, validThrough: addDays(end, -1) }),
        })),
      ),
    ),
    specialOpeningHoursSpecification: others.flatMap(({ date, windows }) =>
      (windows.length === 0 ? [CLOSED] : onClock(windows)).map((window) => ({
        ...specification(window),
        validFrom: date,
        validThrough: date,
      })),
    ),
  };
}

const CLOSED: LocalWindow = { start: '00:00', end: '00:00' };

/** schema.org has no 24:00, and 00:00 would be the morning. */
function lastMinute(end: LocalTime): LocalTime {
  return end === '24:00' ? '23:59' : end;
}
