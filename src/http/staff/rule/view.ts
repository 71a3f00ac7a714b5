import type { RuleGroup } from '../../../domain/calendar/changeRules';
import { WINDOW_KINDS } from '../../../domain/calendar/hours';
import { POSITIONS } from '../../../domain/calendar/rulePattern';
import type { Desk } from '../../../domain/desk';
import { paths, url } from '../../../paths';
import { monthName, weekdayName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { carried, type Fields, type FormError } from '../forms';
import type { previewView } from '../hours/previewView';
import { ruleSentence } from '../hours/ruleSentence';
import { kindIn, RULE_FIELDS, readRule, WINDOW_FIELDS } from './form';
import { dayField, PATTERN_KINDS, patternKindIn, positionField, shownRrule } from './patternForm';

interface Facts {
  readonly desk: Desk;
  readonly fields: Fields;
  /** The rules that are changed; undefined: a new one. */
  readonly group: RuleGroup | undefined;
  /** The version of the hours that the form is about. */
  readonly seen: string;
  /** Makes two presses of the button count once. */
  readonly key: string;
  readonly errors?: readonly FormError[] | undefined;
  readonly refusal?: string | undefined;
  readonly preview?: ReturnType<typeof previewView> | undefined;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const MONTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** Returns the form of a rule. @param house reads the sentences of clients */
export function ruleView(
  { desk, fields, group, seen, key, errors, refusal, preview }: Facts,
  reader: Reader,
  house: Reader,
) {
  const { t, locale } = reader;
  const wrong = (id: string) => errors?.find(({ href }) => href === `#${id}`)?.text;
  const kind = patternKindIn(fields);
  const tick = (id: string, text: string) => ({ id, text, checked: fields[id] === 'true' });
  const rrule = shownRrule(fields, t);
  const isEnd = fields.step?.startsWith('end') ?? false;
  return {
    title: t(group ? 'staff.rule.change' : 'staff.rule.new'),
    back: url(paths.staffHours, { desk: desk.id }),
    now: group && ruleSentence(group, reader, house),
    action: url(paths.staffRule, { desk: desk.id }),
    hidden: carried({ ...fields, seen, key, rruleShown: rrule }, ['group', 'seen', 'key', 'rruleShown']),
    patterns: PATTERN_KINDS.map((value, i) => ({
      id: i === 0 ? 'pattern' : `pattern-${value}`,
      value,
      text: t(`staff.rule.pattern.${value}`),
      hint: t(`staff.rule.patternHint.${value}`),
      checked: value === kind,
    })),
    values: Object.fromEntries([...RULE_FIELDS, 'endLast'].map((name) => [name, fields[name] ?? ''])),
    interval: fields.interval ?? '1',
    rrule,
    weekdays: WEEKDAYS.map((day) => tick(dayField(day), weekdayName(locale, day))),
    positions: POSITIONS.map((position) => tick(positionField(position), t(`staff.rule.positionTick.${position}`))),
    parities: (['odd', 'even'] as const).map((value) => ({
      value,
      text: t(`staff.rule.parity.${value}`),
      selected: fields.parity === value,
    })),
    lastDay: fields.lastDay === 'true',
    months: MONTHS.map((month) => ({
      value: String(month),
      text: monthName(locale, month),
      selected: fields.month === String(month),
    })),
    kinds: WINDOW_KINDS.map((value) => ({
      value,
      text: t(`staff.rule.kind.${value}`),
      selected: kindIn(fields) === value,
    })),
    windows: WINDOW_FIELDS.slice(0, shownWindows(fields)).map(({ start, end }, i) => ({
      ...{ start, end, startValue: fields[start], endValue: fields[end], error: wrong(start) },
      ...{ startLabel: t(i === 0 ? 'staff.hours.start' : 'staff.hours.startAgain'), endLabel: t('staff.hours.end') },
      isMore: i > 0,
    })),
    wrong: Object.fromEntries([...RULE_FIELDS, 'endLast'].map((name) => [name, wrong(name)])),
    isChange: group !== undefined,
    preview: preview && {
      ...preview,
      sentence: isEnd ? undefined : sentenceOf(fields, group, reader, house),
      rrule: isEnd ? undefined : rrule,
      step: isEnd ? 'endEnter' : 'enter',
      planStep: isEnd ? 'endPlan' : 'plan',
      kept: carried({ ...fields, seen, key, rruleShown: rrule }, [...RULE_FIELDS, 'group', 'seen', 'key', 'endLast']),
    },
    typedForm: 'rule',
    errors: errors?.length ? errors : undefined,
    refusal,
  };
}

/** A morning, an afternoon and an evening; and where there are more, room for two further ones. */
const USUAL_WINDOWS = 3;
const FURTHER_WINDOWS = 2;

function shownWindows(fields: Fields): number {
  const filled = WINDOW_FIELDS.findLastIndex(({ start, end }) => Boolean(fields[start] || fields[end])) + 1;
  return Math.max(USUAL_WINDOWS, filled + FURTHER_WINDOWS);
}

/** Says what was chosen as the sentence that it becomes. */
function sentenceOf(fields: Fields, old: RuleGroup | undefined, reader: Reader, house: Reader): string | undefined {
  const read = readRule(fields, old, reader);
  const [first] = 'by' in read ? read.by : [];
  if (!first || 'errors' in read) return undefined;
  const { rrule, kind } = first;
  const span = { from: read.span.from ?? old?.from, until: read.span.until ?? old?.until };
  return ruleSentence({ rrule, kind, ...span, windows: read.by, places: [] }, reader, house);
}
