import { z } from 'zod';
import { WINDOW_KINDS } from '../../domain/calendar/hours';
import { assertHoursRule } from '../../domain/calendar/openingHours';
import { unwrapped } from '../../domain/calendar/ruleText';
import { accepted, known, withoutAbsent } from './checks';

const rule = {
  rrule: z.string().transform(unwrapped),
  start: z.string(),
  end: z.string(),
  from: z.string().optional(),
  until: z.string().optional(),
};

/** What a window of the desk is for; absent: appointments and whoever comes. */
export const windowKind = z.enum(WINDOW_KINDS).optional();

/** A rule by which an advisor works. */
export const WorkingRule = known(rule).transform(withoutAbsent).superRefine(accepted(assertHoursRule));

/** A rule by which a desk is open. */
export const OpeningRule = known({ ...rule, kind: windowKind })
  .transform(withoutAbsent)
  .superRefine(accepted(assertHoursRule));
