import type { z } from 'zod';
import type { HoursRule } from '../../../domain/calendar/hours';
import { assertHoursRule } from '../../../domain/calendar/openingHours';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { ruleJson } from '../present';
import { naming } from '../problems';
import * as schema from '../schemas';
import { managedDesk, seenDesk } from './sight';

/** The operations on a desk's opening rules. */
export function openingRulesOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffOpeningRules,
        id: 'readOpeningRules',
        summary: "The desk's opening rules",
        answer: { status: 200, description: 'The rules', schema: schema.OpeningRules },
      },
      async ({ params, who }) => {
        const { hours } = await seenDesk(storage, who, params.desk);
        return { body: { rules: hours.rules.map(ruleJson) } };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffOpeningRules,
        id: 'replaceOpeningRules',
        summary: "Replace the desk's opening rules",
        body: schema.OpeningRules,
        answer: { status: 200, description: 'The rules as they are now', schema: schema.OpeningRules },
      },
      async ({ params, body, who }) => {
        const { id: deskId } = await managedDesk(storage, who, params.desk);
        const { hours } = await app.replaceOpeningRules({ who, deskId, rules: rulesOf(body) });
        return { body: { rules: hours.rules.map(ruleJson) } };
      },
    ),
  ];
}

/** Reads rules. @throws a refusal that names the wrong field */
export function rulesOf({ rules }: z.output<typeof schema.OpeningRules>): HoursRule[] {
  return rules.map((rule, i) => {
    const checked = ruleJson(rule as HoursRule);
    naming(
      (part) => `/rules/${i}/${RULE_FIELDS.has(part) ? part : 'rrule'}`,
      () => assertHoursRule(checked),
    );
    return checked;
  });
}

const RULE_FIELDS: ReadonlySet<unknown> = new Set(['start', 'end', 'from', 'until']);
