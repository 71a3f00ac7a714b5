import type { FollowUpChoice } from '../../../../app/booking/followUpStarts';
import type { Instant } from '../../../../domain/calendar/interval';
import { toIso } from '../../../../domain/calendar/zone';
import { paths, url } from '../../../../paths';
import { dayName } from '../../../../presentation/format';
import type { Reader } from '../../../../presentation/texts';
import type { BookingAtDesk } from '../../desk';
import { carried } from '../../forms';
import { wordsOf } from '../../words';
import { bookingHead, noticeOf } from '../head';

interface Facts extends BookingAtDesk {
  readonly choices: readonly FollowUpChoice[];
  /** The day that was asked for. */
  readonly day: string | null;
  readonly done?: string | undefined;
  readonly refusal?: string | undefined;
  /** The button was pressed without a start. */
  readonly isUnchosen?: boolean;
  /** Makes two presses of a button count once. */
  readonly key: string;
}

/** Returns when the client can be seen again, each start as a button that books it. */
export function followUpView({ booking, desk, choices, day, done, refusal, isUnchosen, key }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const words = wordsOf(desk, reader);
  const zone = desk.hours.timeZone;
  const startOf = (start: Instant) => ({
    value: toIso(start, zone),
    text: t('followUp.start', { day: words.time.shortDay(start), time: words.time.time(start) }),
  });
  return {
    ...bookingHead({ desk, booking }, reader),
    title: t('followUp.title'),
    action: url(paths.staffFollowUp, { id: booking.id }),
    hidden: carried({ key, date: day ?? '' }, ['key', 'date']),
    done: done === 'outcome' ? t('staff.done.outcome') : undefined,
    refusal: refusal ?? (isUnchosen ? t('followUp.choose') : undefined),
    lead: t('followUp.lead', { advisor: words.advisor(booking.advisorId) }),
    notice: noticeOf(booking, words, reader),
    day: day ?? '',
    choices: choices.map(({ weeks, day: from, start, others }) => ({
      heading:
        weeks === null ? t('followUp.from', { day: dayName(locale, from) }) : t('followUp.weeks', { count: weeks }),
      first: start === null ? undefined : startOf(start),
      others: others.map(startOf),
    })),
  };
}
