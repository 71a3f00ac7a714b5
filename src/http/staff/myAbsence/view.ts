import { ABSENCE_KINDS, type AbsencePlan } from '../../../domain/booking/absencePlan';
import type { Instant } from '../../../domain/calendar/interval';
import type { Absence, Advisor, Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { fieldTime } from '../../typedTime';
import { carried, type Fields, type FormError } from '../forms';
import { usualTime } from '../newPlan/form';
import { whenOf } from '../plan/view';
import { wordsOf } from '../words';

interface Facts {
  readonly desk: Desk;
  readonly advisor: Advisor;
  readonly fields: Fields;
  readonly now: Instant;
  /** The end of what is left of the own working day; null: nothing is. */
  readonly endOfWork: Instant | null;
  /** The own absences that are not over, by start. */
  readonly absences: readonly Absence[];
  /** The plans of the desk that are carried out. */
  readonly committed: readonly AbsencePlan[];
  /** Makes two presses of the button count once. */
  readonly key: string;
  readonly errors?: readonly FormError[] | undefined;
}

/** Returns the form in which an advisor says that they are away, and what they have said already. */
export function myAbsenceView(facts: Facts, reader: Reader) {
  const { desk, fields, now, endOfWork, absences, key, errors } = facts;
  const { t } = reader;
  const words = wordsOf(desk, reader);
  const usual = usualTime(desk, now);
  const until = endOfWork === null ? usual.until : fieldTime(desk, endOfWork);
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  return {
    title: t('myDay.absence.title'),
    backHref: url(paths.staffMyDay, { desk: desk.id }),
    action: url(paths.staffMyAbsence, { desk: desk.id }),
    hidden: carried({ key }, ['key']),
    from: { value: fields.from ?? usual.from, error: wrong('from') },
    until: { value: fields.until ?? until, error: wrong('until') },
    kinds: {
      options: ABSENCE_KINDS.filter((kind) => kind !== 'closure').map((kind) => ({
        value: kind,
        text: t(`staff.plan.kind.${kind}`),
        selected: (fields.kind ?? 'sick') === kind,
      })),
      error: wrong('kind'),
    },
    reason: { value: fields.reason, error: wrong('reason') },
    absences: absences.map(({ id, time, reason }) => ({
      when: whenOf(time, words),
      reason,
      href: planOf(id, facts) ?? url(paths.staffAbsence, { desk: desk.id, id }),
    })),
    typedForm: 'absence',
    errors: errors?.length ? errors : undefined,
  };
}

/** Returns the page of the plan by which an absence was entered, where all of it can be undone or ended. */
function planOf(absenceId: string, { desk, advisor, committed }: Facts): string | undefined {
  const plan = committed.find(
    ({ absenceIds, advisorIds }) => absenceIds.includes(absenceId) && advisorIds?.every((id) => id === advisor.id),
  );
  return plan && url(paths.staffPlan, { desk: desk.id, id: plan.id });
}
