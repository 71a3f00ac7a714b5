import type { LocalDate } from '../calendar/hours';
import type { Instant } from '../calendar/interval';
import { bookableDayAfter } from '../calendar/workingDays';
import { localDate } from '../calendar/zone';
import type { Desk, Topic } from '../desk';
import { memo, perObject } from '../memo';

/** What the lead time in working days depends on. The topic's value counts before the desk's. */
interface LeadDays {
  readonly desk: Pick<Desk, 'hours' | 'leadTimeWorkingDays'>;
  readonly topic: Pick<Topic, 'leadTimeWorkingDays'> | undefined;
  readonly now: Instant;
}

/**
 * Returns the first day, in the desk's zone, that the lead time in working days leaves to clients; today if there is
 * none. The other lead times may shut out more.
 */
export function firstLeadDay({ desk: { hours, leadTimeWorkingDays }, topic, now }: LeadDays): LocalDate {
  const days = topic?.leadTimeWorkingDays ?? leadTimeWorkingDays;
  return firstDays(hours)(`${localDate(now, hours.timeZone)} ${days}`);
}

const MAX_REMEMBERED_DAYS = 50;
const firstDays = perObject((hours: Desk['hours']) =>
  memo(MAX_REMEMBERED_DAYS, (asked) => {
    const [today = '', days = ''] = asked.split(' ');
    return bookableDayAfter(hours, today, Number(days));
  }),
);
