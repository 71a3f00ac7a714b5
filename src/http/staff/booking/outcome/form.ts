import {
  type AskedStep,
  CLIENT_GROUPS,
  type ClientGroup,
  MAX_NEXT_STEPS,
  type NotedOutcome,
  OUTCOMES,
  type OutcomeKind,
  referredTo,
} from '../../../../domain/booking/outcome';
import { MAX_STEP_LENGTH } from '../../../../domain/booking/phrases';
import { localDate } from '../../../../domain/calendar/zone';
import { line } from '../../../../fields/schemas';
import type { Reader } from '../../../../presentation/texts';
import { dateOrNull } from '../../../typedTime';
import type { BookingAtDesk } from '../../desk';
import type { Fields, FormError } from '../../forms';
import { languagesOfSteps, phrasesOffered } from './offered';

/** As many own sentences have a field; who needs more has a case. */
export const OWN_STEPS = [1, 2, 3] as const;

const ownStep = line(MAX_STEP_LENGTH);

/** What the form says. */
interface Typed {
  readonly kind: OutcomeKind;
  readonly nextSteps: readonly AskedStep[];
  readonly referral: string | null;
  readonly group: ClientGroup | null;
  readonly isMailed: boolean;
  readonly isPrinted: boolean;
}

/** Reads the form. Without a choice the consultation is done. */
export function readOutcomeForm(
  fields: Fields,
  { booking, desk }: BookingAtDesk,
  { t }: Reader,
): { readonly typed: Typed } | { readonly errors: readonly FormError[] } {
  const errors: FormError[] = [];
  const first = localDate(booking.time.start, desk.hours.timeZone);
  const dueOf = (name: string) => {
    const typed = fields[name] ?? '';
    const due = dateOrNull(typed) ?? undefined;
    if (typed !== '' && (due === undefined || due < first))
      errors.push({ href: `#${name}`, text: t('outcome.wrong.due') });
    return due;
  };
  const chosen = phrasesOffered({ booking, desk })
    .filter(({ id }) => fields[`phrase.${id}`])
    .map(({ id }): AskedStep => ({ phrase: id, due: dueOf(`phrase.${id}.due`) }));
  const own = OWN_STEPS.flatMap((n): AskedStep[] => {
    const text = fields[`own.${n}`] ?? '';
    if (text === '') return [];
    if (!ownStep.safeParse(text).success) errors.push({ href: `#own.${n}`, text: t('outcome.wrong.own') });
    const language = languagesOfSteps(booking).find((tag) => tag === fields[`own.${n}.language`]);
    return [{ text, language, due: dueOf(`own.${n}.due`) }];
  });
  if (chosen.length + own.length > MAX_NEXT_STEPS)
    errors.push({ href: '#own.1', text: t('outcome.wrong.steps', { most: MAX_NEXT_STEPS }) });

  const kind = OUTCOMES.find((each) => each === fields.outcome) ?? 'done';
  const partner = referredTo({ booking, desk }).find(({ id }) => id === fields.partner)?.id ?? null;
  if (kind === 'referred' && partner === null) errors.push({ href: '#partner', text: t('outcome.wrong.partner') });
  if (partner !== null && !fields.consent) errors.push({ href: '#consent', text: t('outcome.wrong.consent') });
  if (errors.length > 0) return { errors };
  return {
    typed: {
      ...{ kind, nextSteps: [...chosen, ...own], referral: partner },
      group: CLIENT_GROUPS.find((each) => each === fields.group) ?? null,
      isMailed: fields.mail === 'true',
      isPrinted: fields.print === 'true',
    },
  };
}

/** Returns the fields as they were before anybody typed: empty, or what was noted. */
export function outcomeFields({ booking }: BookingAtDesk): Fields {
  const mail: Fields = booking.client.email === null ? { print: 'true' } : { mail: 'true' };
  return booking.outcome === null ? { outcome: 'done', ...mail } : { ...fieldsOf(booking.outcome) };
}

/** Nothing is mailed again unless somebody asks for it. */
function fieldsOf({ kind, nextSteps, referral, group }: NotedOutcome): Fields {
  const own = nextSteps.filter(({ phraseId }) => phraseId === null).slice(0, OWN_STEPS.length);
  return Object.fromEntries([
    ['outcome', kind],
    ...nextSteps.flatMap(({ phraseId, due }) =>
      phraseId === null
        ? []
        : [[`phrase.${phraseId}`, 'true'] as const, [`phrase.${phraseId}.due`, due ?? ''] as const],
    ),
    ...own.flatMap(({ text, due }, i) => {
      const [language = '', said = ''] = Object.entries(text)[0] ?? [];
      const name = `own.${i + 1}`;
      return [[name, said] as const, [`${name}.language`, language] as const, [`${name}.due`, due ?? ''] as const];
    }),
    ...(referral ? [['partner', referral.partnerId] as const, ['consent', 'true'] as const] : []),
    ['group', group ?? ''],
  ]);
}
