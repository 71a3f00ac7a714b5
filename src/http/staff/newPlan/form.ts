import { ABSENCE_KINDS, type PlannedAbsence } from '../../../domain/booking/absencePlan';
import { addDays } from '../../../domain/calendar/dates';
import type { Instant } from '../../../domain/calendar/interval';
import { openingWindows } from '../../../domain/calendar/openingHours';
import { dayInterval, localDate } from '../../../domain/calendar/zone';
import type { Desk } from '../../../domain/desk';
import type { Text } from '../../../domain/text';
import type { Reader } from '../../../presentation/texts';
import { fieldTime, fieldTimeOrNull } from '../../typedTime';
import { type Fields, type FormError, reasonError } from '../forms';

/** Stands in the field of the advisors for all of them: the desk is closed. */
export const WHOLE_DESK = '*';

/** Returns the ids of the chosen advisors in a request's body or query; the field is there once for each. */
export function readWho(sent: unknown): string[] {
  const who = (sent as { who?: unknown } | undefined)?.who;
  return [who].flat().filter((id): id is string => typeof id === 'string' && id !== '');
}

/** What the form has first: from now until the desk closes today, or the next day on which it is open. */
export function usualTime({ hours }: Desk, now: Instant): { readonly from: string; readonly until: string } {
  const today = localDate(now, hours.timeZone);
  const ahead = { start: now, end: dayInterval(addDays(today, 14), hours.timeZone).start };
  const open = openingWindows(hours, ahead).filter(({ end }) => end > now);
  const start = Math.max(now, open[0]?.start ?? now);
  const day = dayInterval(localDate(start, hours.timeZone), hours.timeZone);
  const closes = open.findLast((window) => window.start < day.end)?.end ?? day.end;
  return { from: fieldTime({ hours }, start), until: fieldTime({ hours }, closes) };
}

/** Returns the absence that the form describes, or what is wrong with it. */
export function readAbsence(
  desk: Desk,
  fields: Fields,
  who: readonly string[],
  { now, notice, reader }: { now: Instant; notice: Text; reader: Reader },
): { absence: PlannedAbsence } | { errors: readonly FormError[] } {
  const { t } = reader;
  const [start, end] = [fieldTimeOrNull(desk, fields.from), fieldTimeOrNull(desk, fields.until)];
  const kind = ABSENCE_KINDS.find((each) => each === fields.kind);
  const wrongReason = reasonError(fields.reason, reader);
  const errors: FormError[] = [
    ...(who.length === 0 ? [{ href: '#who', text: t('staff.newPlan.wrong.who') }] : []),
    ...(start === null ? [{ href: '#from', text: t('staff.newPlan.wrong.time') }] : []),
    ...(end === null ? [{ href: '#until', text: t('staff.newPlan.wrong.time') }] : []),
    ...(start !== null && end !== null && (end <= start || end <= now)
      ? [{ href: '#until', text: t('staff.newPlan.wrong.until') }]
      : []),
    ...(kind === undefined ? [{ href: '#kind', text: t('staff.newPlan.wrong.kind') }] : []),
    ...(wrongReason ? [{ href: '#reason', text: wrongReason }] : []),
  ];
  if (errors.length > 0 || start === null || end === null || kind === undefined) return { errors };
  const reason = fields.reason || null;
  return {
    absence: {
      advisorIds: who.includes(WHOLE_DESK) ? null : who,
      time: { start, end },
      kind,
      reason,
      notice: reason === null ? notice : { de: reason, en: reason },
      hours: null,
    },
  };
}
