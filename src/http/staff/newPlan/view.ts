import { ABSENCE_KINDS, type AbsencePlan } from '../../../domain/booking/absencePlan';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { carried, type Fields, type FormError } from '../forms';
import { whenOf, whoIsAway } from '../plan/view';
import { wordsOf } from '../words';
import { usualTime, WHOLE_DESK } from './form';

interface Facts {
  readonly desk: Desk;
  readonly fields: Fields;
  /** The ids of the chosen advisors, or `WHOLE_DESK`. */
  readonly who: readonly string[];
  readonly now: Instant;
  /** The plans of the desk that are carried out. */
  readonly committed: readonly AbsencePlan[];
  /** Makes two presses of the button count once. */
  readonly key: string;
  readonly errors?: readonly FormError[];
}

/** Returns the form that says who is away, and when, and the plans for those who are away now or soon. */
export function newPlanView({ desk, fields, who, now, key, committed, errors }: Facts, reader: Reader) {
  const { t } = reader;
  const usual = usualTime(desk, now);
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  const people = desk.advisors.filter(({ retired }) => !retired);
  return {
    title: t('staff.newPlan.title'),
    allHref: url(paths.staffAbsences, { desk: desk.id }),
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
    running: running(committed, desk, now, reader),
    typedForm: 'plan',
    errors: errors?.length ? errors : undefined,
  };
}

/** Returns the plans whose time is not over, with where each is looked at, undone, or ended earlier. */
function running(committed: readonly AbsencePlan[], desk: Desk, now: Instant, reader: Reader) {
  const words = wordsOf(desk, reader);
  return committed
    .filter(({ time, backAt }) => (backAt ?? time.end) > now)
    .map((plan) => ({
      href: url(paths.staffPlan, { desk: desk.id, id: plan.id }),
      who: whoIsAway(plan, words, reader),
      kind: reader.t(`staff.plan.kind.${plan.kind}`),
      when: whenOf({ ...plan.time, end: plan.backAt ?? plan.time.end }, words),
    }));
}
