import type { z } from 'zod';
import type { HoursRule } from '../../domain/calendar/hours';
import type { Advisor } from '../../domain/desk';
import { ADVISOR_FIELDS, advisorHolds } from '../../fields/schemas/advisor';
import { known, withoutAbsent } from '../../fields/schemas/checks';
import { type CellForm, type Cells, filled, wordsIn } from './cells';

const AdvisorCells = known(ADVISOR_FIELDS).superRefine(advisorHolds).transform(withoutAbsent);

/**
 * An advisor as cells. Languages are tags with a level behind a colon (`uk:native de:C1 en`), topics ids, modes
 * only where they are limited, working rules
 * one a line: `FREQ=WEEKLY;BYDAY=MO,TU 09:00-12:00`, with `2026-01-01..2026-07-01` behind it where they are bounded.
 */
export const advisorForm: CellForm<Advisor> = {
  cells({ name, email, languages, levels, topics, modes = [], workingRules, videoLink, door, from, until }) {
    return filled({
      ...{ name, email, videoLink, door, from, until },
      languages: languages.map((tag) => (levels?.[tag] ? `${tag}:${levels[tag]}` : tag)).join(' '),
      topics: topics.join(' '),
      modes: modes.join(' '),
      workingRules: workingRules.map(ruleLine).join('\n'),
    });
  },

  read(id, cells, _before) {
    const spoken = wordsIn(cells.languages).map((word) => word.split(':'));
    const levels = spoken.flatMap(([tag, level]) => (tag && level ? [[tag, level]] : []));
    const { name, email, videoLink, door, from, until } = cells;
    const { success, data, error } = AdvisorCells.safeParse({
      ...filled({ name, email, videoLink, door, from, until }),
      languages: spoken.map(([tag]) => tag),
      ...(levels.length > 0 && { levels: Object.fromEntries(levels) }),
      topics: wordsIn(cells.topics),
      ...(cells.modes && { modes: wordsIn(cells.modes) }),
      workingRules: linesIn(cells.workingRules).map(ruleIn),
    });
    return success ? { part: { ...data, id } } : { errors: error.issues.map(cellError) };
  },
};

/** Writes a rule of working hours as one line. */
function ruleLine({ rrule, start, end, from, until }: HoursRule): string {
  const bounds = from || until ? ` ${from ?? ''}..${until ?? ''}` : '';
  return `${rrule} ${start}-${end}${bounds}`;
}

const RULE_LINE =
  /^(\S+)\s+(\d{1,2}:\d{2})\s*[-–]\s*(\d{1,2}:\d{2})(?:\s+(\d{4}-\d{2}-\d{2})?\.\.(\d{4}-\d{2}-\d{2})?)?$/;

/** Reads a line as a rule; of what is none, the schema says so. */
function ruleIn(line: string): Partial<HoursRule> {
  const [, rrule, start, end, from, until] = RULE_LINE.exec(line) ?? [];
  if (!rrule || !start || !end) return { rrule: line };
  const padded = (time: string) => time.padStart('09:00'.length, '0');
  return { rrule, start: padded(start), end: padded(end), ...(from && { from }), ...(until && { until }) };
}

function linesIn(text: Cells[string] | undefined): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function cellError({ path, message }: z.core.$ZodIssue) {
  const [field = ''] = path.map(String);
  return { cell: field === 'levels' ? 'languages' : field, detail: message.replace(/^Invalid (input|option): /, '') };
}
