import type { z } from 'zod';
import type { Affected } from '../../../app/calendar/changeHours';
import type { Answer } from '../../../app/once';
import type { HoursRule } from '../../../domain/calendar/hours';
import { assertException, assertHoursRule, assertWindow } from '../../../domain/calendar/openingHours';
import { daysBetween } from '../../../domain/calendar/zone';
import { DomainError } from '../../../domain/errors';
import { mayChangeAbsences, mayChangeHours, type StaffMember, seesDesk } from '../../../domain/staff/roles';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import { ruleJson, staffBookingJson } from '../present';
import { naming, wrongField } from '../problems';
import * as schema from '../schemas';
import { seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** Longer is a change of the rules, and dear to expand. */
const LONGEST_EXCEPTION = 1_100;

/** When the desk is open and who is away. Such a change cancels nothing: it tells which bookings it touches. */
export function hoursOperations(deps: Deps): Operation[] {
  const { app, storage } = deps;
  const reply = ({ value: { id, desk, affected }, replayed }: Answer<Affected>) => ({
    body: { id, affected: affected.map((booking) => staffBookingJson(booking, desk)) },
    replayed,
  });

  return [
    secured(
      {
        method: 'post',
        path: '/staff/desks/{desk}/exceptions',
        id: 'addException',
        summary: 'Close the desk, or open it otherwise, for some days',
        body: schema.ExceptionRequest,
        answer: { status: 201, description: 'It holds from now on', schema: schema.Affected },
      },
      async ({ params, body, idempotency, who }) => {
        const desk = await managedDesk(deps, who, params.desk);
        return reply(await app.addException({ deskId: desk.id, exception: exceptionOf(body), idempotency }));
      },
    ),

    secured(
      {
        method: 'get',
        path: '/staff/desks/{desk}/opening-rules',
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
        path: '/staff/desks/{desk}/opening-rules',
        id: 'replaceOpeningRules',
        summary: "Replace the desk's opening rules",
        body: schema.OpeningRules,
        answer: { status: 200, description: 'The rules as they are now', schema: schema.OpeningRules },
      },
      async ({ params, body, who }) => {
        const { id: deskId } = await managedDesk(deps, who, params.desk);
        const { hours } = await app.replaceOpeningRules({ deskId, rules: rulesOf(body) });
        return { body: { rules: hours.rules.map(ruleJson) } };
      },
    ),

    secured(
      {
        method: 'post',
        path: '/staff/advisors/{advisor}/absences',
        id: 'addAbsence',
        summary: 'An advisor is away',
        body: schema.AbsenceRequest,
        answer: { status: 201, description: 'It holds from now on', schema: schema.Affected },
      },
      async ({ params: { advisor }, body, idempotency, who }) => {
        const deskId = await deskOfAdvisor(deps, who, advisor, body.desk);
        if (!mayChangeAbsences(who, deskId, advisor))
          throw new DomainError('forbidden', { reason: 'absences are entered by the advisor or a manager' });
        if (body.end <= body.start) throw wrongField('/end', 'expected a time after `start`');
        const time = { start: body.start, end: body.end };
        return reply(
          await app.addAbsence({ deskId, advisorId: advisor, time, reason: body.reason || null, idempotency }),
        );
      },
    ),
  ];
}

async function managedDesk({ storage }: Deps, who: StaffMember, deskId: string) {
  const desk = await seenDesk(storage, who, deskId);
  if (!mayChangeHours(who, desk.id)) throw new DomainError('forbidden', { reason: "hours are the desk manager's" });
  return desk;
}

/** Ids of advisors are unique within a desk only: one's own desk comes first, and an admin can name another. */
async function deskOfAdvisor({ storage }: Deps, who: StaffMember, advisor: string, named?: string): Promise<string> {
  const desks = (await storage.desks.withAdvisor(advisor)).filter(
    (desk) => seesDesk(who, desk) && (named ?? desk) === desk,
  );
  const own = desks.find((desk) => desk === who.deskId) ?? desks[0];
  if (own === undefined) throw new DomainError('not-found');
  if (desks.length > 1 && own !== who.deskId)
    throw wrongField('/desk', 'expected, because several desks have an advisor of this id');
  return own;
}

function exceptionOf({ from, to, closed, windows = [], reason }: z.output<typeof schema.ExceptionRequest>) {
  if ((closed === true) === windows.length > 0)
    throw wrongField('/windows', 'expected either `closed: true` or at least one window');
  for (const [i, window] of windows.entries())
    naming(
      (part) => `/windows/${i}/${part}`,
      () => assertWindow(window),
    );
  const exception = { from, to, closed: closed === true, windows, reason };
  naming(
    (part) => `/${part}`,
    () => assertException(exception),
  );
  if (daysBetween(from, to) > LONGEST_EXCEPTION) throw wrongField('/to', `expected at most ${LONGEST_EXCEPTION} days`);
  return exception;
}

function rulesOf({ rules }: z.output<typeof schema.OpeningRules>): HoursRule[] {
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
