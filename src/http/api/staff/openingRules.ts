import type { z } from 'zod';
import type { HoursRule } from '../../../domain/calendar/hours';
import { assertHoursRule } from '../../../domain/calendar/openingHours';
import { DomainError, isRefusal } from '../../../domain/errors';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { ruleJson } from '../presentHours';
import { naming } from '../problems';
import { versionTag, versionWanted } from '../request';
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
        const headers = { ETag: versionTag(await versionOf(storage, params.desk)) };
        return { body: { rules: hours.rules.map(ruleJson) }, headers };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffOpeningRules,
        id: 'replaceOpeningRules',
        summary: "Replace the desk's opening rules",
        description: 'Rules that overlap are refused. If-Match names the version of the hours that was seen.',
        versioned: true,
        body: schema.OpeningRulesRequest,
        answer: { status: 200, description: 'The rules as they are now', schema: schema.OpeningRules },
      },
      async ({ params, body, who, req }) => {
        const { id: deskId } = await managedDesk(storage, who, params.desk);
        const ifVersion = versionWanted(req, await versionOf(storage, deskId));
        const change = { who, deskId, rules: rulesOf(body), why: body.why || null, ifVersion };
        const { value } = await aboutAll(() => app.replaceOpeningRules(change));
        const headers = { ETag: versionTag({ version: value.number }) };
        return { body: { rules: value.rules.map(ruleJson) }, headers };
      },
    ),
  ];
}

/** Returns the version of the hours that holds; 0: they were never changed since versions are kept. */
async function versionOf({ hoursVersions }: Pick<HttpDeps['storage'], 'hoursVersions'>, deskId: string) {
  return { version: (await hoursVersions.latest(deskId))?.number ?? 0 };
}

/** Names the list of rules as what is wrong in the refusal of rules that overlap. */
export async function aboutAll<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isRefusal(error, 'invalid-rule') || error.details.part !== 'overlap') throw error;
    const { reason: detail } = error.details;
    throw new DomainError(error.code, { ...error.details, errors: [{ pointer: '/rules', detail }] });
  }
}

/** Reads rules. @throws a refusal that names the wrong field */
export function rulesOf({ rules }: Pick<z.output<typeof schema.OpeningRules>, 'rules'>): HoursRule[] {
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
