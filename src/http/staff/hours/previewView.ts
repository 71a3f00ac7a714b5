import type { useCases } from '../../../app/useCases';
import type { Interval } from '../../../domain/calendar/interval';
import { inLanguage } from '../../../domain/text';
import { dayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { bookingLine } from '../line';
import { wordsOf } from '../words';

type HoursPreview = Awaited<ReturnType<ReturnType<typeof useCases>['previewHours']>>;

/** More days are counted, and not listed. */
const MAX_LISTED_DAYS = 60;
/** More days are folded, so that the bookings stay in sight. */
const MAX_UNFOLDED_DAYS = 8;
/** More bookings are folded, so that the button stays in sight. */
const MAX_UNFOLDED_BOOKINGS = 6;

/** Returns what a change of hours would do, for `partials/staff/hoursPreview`. */
export function previewView({ desk, days, affected, unreachable, because }: HoursPreview, reader: Reader) {
  const { t, locale } = reader;
  const words = wordsOf(desk, reader);
  const times = (windows: readonly Interval[]) =>
    windows.length === 0 ? t('staff.hours.closed') : windows.map((window) => words.time.span(window)).join(', ');
  const [unmoved] = because;
  const beating = unmoved && desk.hours.exceptions.find(({ id }) => id === unmoved.beatenBy);
  const listed = days.slice(0, MAX_LISTED_DAYS).map(({ date, before, after, reason }) => ({
    day: dayName(locale, date),
    before: times(before),
    after: times(after),
    reason: reason && inLanguage(reason.name, locale),
  }));
  const folded = listed.slice(MAX_UNFOLDED_DAYS);
  return {
    days: listed.slice(0, MAX_UNFOLDED_DAYS),
    folded: folded.length > 0 ? { days: folded, text: t('staff.hours.moreDays', { count: folded.length }) } : undefined,
    more:
      days.length > MAX_LISTED_DAYS ? t('staff.hours.moreDays', { count: days.length - MAX_LISTED_DAYS }) : undefined,
    affected: affected.map((booking) => bookingLine(booking, desk, { words })),
    isLong: affected.length > MAX_UNFOLDED_BOOKINGS,
    affectedText:
      affected.length > 0 ? t('staff.hours.affected', { count: affected.length }) : t('staff.hours.unaffected'),
    unreachable: unreachable > 0 ? t('staff.hours.unreachable', { count: unreachable }) : undefined,
    withoutEffect:
      unmoved &&
      (beating
        ? t('staff.hours.beaten', { reason: inLanguage(beating.reason, locale), day: dayName(locale, beating.from) })
        : t('staff.hours.same')),
  };
}
