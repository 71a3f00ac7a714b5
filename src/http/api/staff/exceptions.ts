import type { z } from 'zod';
import type { ExceptionEntry } from '../../../app/ports/deskStore';
import type { LocalWindow } from '../../../domain/calendar/hours';
import { assertException, assertWindow } from '../../../domain/calendar/openingHours';
import { daysBetween } from '../../../domain/calendar/zone';
import { DomainError } from '../../../domain/errors';
import type { Caller } from '../../../domain/staff/caller';
import { apiPaths } from '../../../paths';
import { exceptionsCsv, listedExceptions } from '../../csv/hoursCsv';
import type { HttpDeps } from '../../deps';
import { MAX_EXCEPTION_DAYS } from '../../parts/exceptionCells';
import { type Operation, secured } from '../operation';
import { affectedJson, exceptionJson } from '../presentHours';
import { deskImportJson } from '../presentParts';
import { naming, wrongField } from '../problems';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';
import { managedDesk, seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** The operations on exceptions. A change cancels no booking; its answer lists the bookings that are affected. */
export function exceptionOperations(deps: Deps): Operation[] {
  const { app, storage } = deps;
  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffExceptions,
        id: 'listExceptions',
        summary: 'When the desk is closed or open otherwise',
        csv: 'export',
        answer: { status: 200, description: 'All exceptions, the newest last', schema: schema.Exceptions },
      },
      async ({ params, who }) => {
        const { id } = await seenDesk(storage, who, params.desk);
        const entries = await storage.desks.exceptions(id);
        return { body: { exceptions: entries.map(exceptionJson) }, csv: () => exceptionsCsv(entries) };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffExceptions,
        id: 'importExceptions',
        summary: 'Enter, change and withdraw many exceptions at once',
        description:
          'all lines are taken or none. A line without an id is new, `withdrawn` withdraws it; what they do not name stays as it is. `last` is the last day that is meant.',
        query: schema.ApplyQuery,
        csv: 'beside',
        body: schema.PartsCsv,
        answer: { status: 200, description: 'What is or would be changed by CSV', schema: schema.DeskImport },
        problems: [412],
      },
      async ({ params, query, body, who, idempotency }) => {
        const { id: deskId } = await managedDesk(storage, who, params.desk);
        const exceptions = (there: readonly ExceptionEntry[]) => listedExceptions(body, there);
        const dryRun = query.apply !== 'true';
        const { value, replayed } = await app.importExceptions({ who, deskId, exceptions, idempotency, dryRun });
        return { body: deskImportJson(value, !dryRun), replayed };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffExceptions,
        id: 'addException',
        summary: 'Close the desk, or open it otherwise, for some days',
        description:
          'The newest entry about a day decides it. One that would leave all windows of its days as they are is 409.',
        body: schema.ExceptionRequest,
        answer: { status: 201, description: 'It holds from now on', schema: schema.Affected },
        problems: [409],
      },
      async ({ params, body, idempotency, who }) => {
        const { id: deskId } = await managedDesk(storage, who, params.desk);
        const { value, replayed } = await app.addException({ who, deskId, exception: exceptionOf(body), idempotency });
        return { body: affectedJson(value), headers: { ETag: versionTag(value) }, replayed };
      },
    ),

    secured(
      {
        method: 'put',
        path: apiPaths.staffException,
        id: 'replaceException',
        summary: 'Change an exception',
        description: 'It becomes the newest entry. Its days as they were and as they are now count as concerned.',
        versioned: 'required',
        body: schema.ExceptionRequest,
        answer: { status: 200, description: 'It holds from now on', schema: schema.Affected },
        problems: [409],
      },
      async ({ params, body, who, req }) => {
        const seen = await seenException(deps, who, params);
        const change = { who, ...seen, exception: exceptionOf(body), ifVersion: versionRequired(req, seen) };
        const value = await app.replaceException(change);
        return { body: affectedJson(value), headers: { ETag: versionTag(value) } };
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffException,
        id: 'removeException',
        summary: 'Withdraw an exception',
        versioned: 'required',
        answer: { status: 200, description: 'It is as if it had never been entered', schema: schema.Affected },
      },
      async ({ params, who, req }) => {
        const seen = await seenException(deps, who, params);
        return {
          body: affectedJson(await app.removeException({ who, ...seen, ifVersion: versionRequired(req, seen) })),
        };
      },
    ),
  ];
}

async function seenException({ storage }: Deps, who: Caller, { desk, id }: { desk: string; id: string }) {
  const { id: deskId } = await managedDesk(storage, who, desk);
  const entry = (await storage.desks.exceptions(deskId)).find(({ exception }) => exception.id === id);
  if (!entry) throw new DomainError('not-found');
  return { deskId, id, version: entry.version };
}

/** Reads an exception. @param at where it stands in the body @throws a refusal that names the wrong field */
export function exceptionOf(body: z.output<typeof schema.ExceptionRequest>, at = '') {
  const { from, to, rrule, closed = false, windows = [], reason } = body;
  const pauses = typeof closed === 'boolean' ? undefined : closed;
  if ((closed !== false) === windows.length > 0)
    throw wrongField(`${at}/windows`, 'expected either `closed` or at least one window');
  assertWindows(`${at}/windows`, windows);
  assertWindows(`${at}/closed`, pauses ?? []);
  const exception = {
    from,
    to,
    closed: closed === true,
    windows,
    ...(pauses === undefined ? {} : { pauses }),
    ...(rrule === undefined ? {} : { rrule }),
    reason,
  };
  naming(
    (part) => (OWN_FIELDS.has(part) ? `${at}/${part}` : `${at}/rrule`),
    () => assertException(exception),
  );
  if (daysBetween(from, to) > MAX_EXCEPTION_DAYS)
    throw wrongField(`${at}/to`, `expected at most ${MAX_EXCEPTION_DAYS} days`);
  return exception;
}

const OWN_FIELDS: ReadonlySet<unknown> = new Set(['from', 'to', 'windows']);

function assertWindows(pointer: string, windows: readonly LocalWindow[]): void {
  for (const [i, window] of windows.entries())
    naming(
      (part) => `${pointer}/${i}/${part}`,
      () => assertWindow(window),
    );
}
