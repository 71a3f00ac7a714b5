import type { HoursRule, WindowKind } from '../domain/calendar/hours';

/** Reads a rule of opening or working hours. */
export function toRule(row: {
  rrule: string;
  start: string;
  end: string;
  valid_from: string | null;
  valid_until: string | null;
  kind?: string | null;
}): HoursRule {
  return {
    rrule: row.rrule,
    start: row.start,
    end: row.end,
    ...(row.valid_from === null ? {} : { from: row.valid_from }),
    ...(row.valid_until === null ? {} : { until: row.valid_until }),
    ...(row.kind == null ? {} : { kind: row.kind as WindowKind }),
  };
}

/** Writes an opening rule. Its times are wall time at the desk, `HH:MM`, and its dates are local days. */
export function openingRuleRow(deskId: string, rule: HoursRule) {
  return {
    desk_id: deskId,
    rrule: rule.rrule,
    opens: rule.start,
    closes: rule.end,
    ...validity(rule),
    kind: rule.kind ?? null,
  };
}

/** Writes the days from and until which a rule of opening or working hours holds; null means unbounded. */
export function validity(rule: HoursRule) {
  return { valid_from: rule.from ?? null, valid_until: rule.until ?? null };
}
