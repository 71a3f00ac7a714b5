import { ABSENCE_KINDS } from '../../../domain/booking/absencePlan';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { carried, type Fields, type FormError } from '../forms';
import { usualTime, WHOLE_DESK } from './form';

interface Facts {
  readonly desk: Desk;
  readonly fields: Fields;
  /** The ids of the chosen advisors, or `WHOLE_DESK`. */
  readonly who: readonly string[];
  readonly now: Instant;
  /** Makes two presses of the button count once. */
  readonly key: string;
  readonly errors?: readonly FormError[];
}

/** Returns the form that says who is away, and when. */
export function newPlanView({ desk, fields, who, now, key, errors }: Facts, { t }: Reader) {
  const usual = usualTime(desk, now);
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  const people = desk.advisors.filter(({ retired }) => !retired);
  return {
    title: t('staff.newPlan.title'),
    action: url(paths.staffPlans, { desk: desk.id }),
    people: [
      ...people.map(({ id, name }, i) => ({ id: i === 0 ? 'who' : `who-${id}`, value: id, text: name })),
      { id: people.length === 0 ? 'who' : 'who-all', value: WHOLE_DESK, text: t('staff.newPlan.wholeDesk') },
    ].map((each) => ({ ...each, checked: who.includes(each.value) })),
    from: fields.from ?? usual.from,
    until: fields.until ?? usual.until,
    kinds: ABSENCE_KINDS.map((kind) => ({
      value: kind,
      text: t(`staff.plan.kind.${kind}`),
      selected: (fields.kind ?? 'sick') === kind,
    })),
    reason: fields.reason,
    hidden: carried({ key }, ['key']),
    wrong: {
      who: wrong('who'),
      from: wrong('from'),
      until: wrong('until'),
      kind: wrong('kind'),
      reason: wrong('reason'),
    },
    typedForm: 'plan',
    errors: errors?.length ? errors : undefined,
  };
}
