import type { RuleGroup } from '../../../domain/calendar/changeRules';
import { addDays } from '../../../domain/calendar/dates';
import { type HoursRule, type LocalDate, WINDOW_KINDS, type WindowKind } from '../../../domain/calendar/hours';
import { assertHoursRule, assertWindow } from '../../../domain/calendar/openingHours';
import { unwrapped } from '../../../domain/calendar/ruleText';
import { DomainError } from '../../../domain/errors';
import { reason } from '../../../fields/schemas';
import type { Reader } from '../../../presentation/texts';
import { dateOrNull } from '../../typedTime';
import type { Fields, FormError } from '../forms';
import { PATTERN_FIELDS, patternFields, readPattern } from './patternForm';

/** The most stretches that one rule's day can have in the form; what an RRULE of others has is never lost by a change. */
const MAX_WINDOWS = 10;
export const WINDOW_FIELDS = Array.from({ length: MAX_WINDOWS }, (_, i) => ({
  start: `start${i + 1}`,
  end: `end${i + 1}`,
}));

/** The names of the form's fields. */
export const RULE_FIELDS = [
  ...PATTERN_FIELDS,
  ...WINDOW_FIELDS.flatMap(({ start, end }) => [start, end]),
  ...['kind', 'from', 'last', 'why'],
];

/** What the form says: the rules of one sentence, and during which days. */
interface ReadRule {
  /** Without `from` and `until`. */
  readonly by: readonly HoursRule[];
  readonly span: { readonly from: LocalDate | undefined; readonly until: LocalDate | undefined };
  readonly why: string | null;
}

/**
 * Reads the form. What was typed as an RRULE counts if it is another than the one that the page had shown; otherwise
 * what was chosen.
 *
 * @param old the rules that are changed; undefined: a new one
 */
export function readRule(
  fields: Fields,
  old: RuleGroup | undefined,
  { t }: Reader,
): ReadRule | { readonly errors: readonly FormError[] } {
  const wrong = (field: string, key = field) => [{ href: `#${field}`, text: t(`staff.rule.wrong.${key}`) }];
  const pattern = readPattern(fields, t);
  const windows = WINDOW_FIELDS.map(({ start, end }) => ({
    start: fields[start] ?? '',
    end: fields[end] ?? '',
  })).filter(({ start, end }) => start !== '' || end !== '');
  const wrongWindow = windows.findIndex((window) => !isAccepted(() => assertWindow(window)));
  const from = fields.from ? dateOrNull(fields.from) : undefined;
  const last = fields.last ? dateOrNull(fields.last) : undefined;
  const anchor = from ?? old?.from;
  const errors: FormError[] = [
    ...('errors' in pattern ? pattern.errors : []),
    ...(windows.length === 0 ? wrong('start1', 'windows') : []),
    ...(wrongWindow >= 0 ? wrong(`start${wrongWindow + 1}`, 'window') : []),
    ...(from === null ? wrong('from') : []),
    ...(last === null || (last && from && last < from) ? wrong('last') : []),
    ...('rrule' in pattern && /;INTERVAL=/.test(pattern.rrule) && anchor === undefined ? wrong('from', 'anchor') : []),
    ...(reason.safeParse(fields.why ?? '').success ? [] : wrong('why')),
  ];
  if ('errors' in pattern || errors.length > 0 || from === null || last === null) return { errors };
  const kind = kindIn(fields);
  const by = windows.map((window) => ({
    ...{ rrule: pattern.rrule, ...window },
    ...(kind !== 'appointment' && { kind }),
  }));
  const span = { from, until: last && addDays(last, 1) };
  const held = { ...by[0], ...(anchor && { from: anchor }), ...(span.until && { until: span.until }) } as HoursRule;
  if (!isAccepted(() => assertHoursRule(held))) return { errors: wrong('start1', 'never') };
  return { by, span, why: fields.why || null };
}

/** Returns the fields of the form that say what these rules say. */
export function fieldsOfGroup({ rrule, windows, kind }: RuleGroup): Fields {
  return {
    ...patternFields(unwrapped(rrule)),
    kind: kind ?? 'appointment',
    ...Object.fromEntries(
      windows.slice(0, WINDOW_FIELDS.length).flatMap(({ start, end }, i) => [
        [WINDOW_FIELDS[i]?.start, start],
        [WINDOW_FIELDS[i]?.end, end],
      ]),
    ),
  };
}

export function kindIn({ kind }: Fields): WindowKind {
  return WINDOW_KINDS.find((each) => each === kind) ?? 'appointment';
}

function isAccepted(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
