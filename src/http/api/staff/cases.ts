import type { AskedChange } from '../../../app/cases/changeCases';
import type { CaseAtDesk } from '../../../app/cases/readCases';
import { apiPaths, apiUrl } from '../../../paths';
import type { HttpDeps } from '../../deps';
import { type Operation, secured } from '../operation';
import type { Json } from '../present';
import { caseDataJson, caseJson } from '../presentCases';
import { versionRequired, versionTag } from '../request';
import * as schema from '../schemas';

/** The most lines of the trail that go into the data for a client. */
const MAX_TRAIL_LINES = 1_000;

/** The operations on cases: the chain of one client's consultations, which only its advisors read. Each reading is in the trail. */
export function caseOperations({ app, storage }: Pick<HttpDeps, 'app' | 'storage'>): Operation[] {
  const reply = ({ desk, found }: CaseAtDesk) => ({
    body: caseJson(found, desk),
    headers: { ETag: versionTag(found) },
  });

  return [
    secured(
      {
        method: 'get',
        path: apiPaths.staffCases,
        id: 'listCases',
        summary: "The caller's cases",
        description: 'Open ones first, by what is due next.',
        query: schema.CasesQuery,
        answer: { status: 200, description: 'All that the caller may read', schema: schema.Cases },
        problems: [403],
      },
      async ({ params, query, who }) => {
        const { desk, cases } = await app.readCases({ who, deskId: params.desk, text: query.q, state: query.state });
        return { body: { cases: cases.map((each) => caseJson(each, desk)) } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffCases,
        id: 'beginCase',
        summary: 'Begin a case',
        description: 'Only at a desk that works by case. Its first advisor is the caller.',
        body: schema.CaseRequest,
        answer: { status: 201, description: 'The case', schema: schema.Case, location: true },
      },
      async ({ params, body, who, idempotency }) => {
        const { client, intake, bookings } = body;
        const asked = { who, deskId: params.desk, client, intake: intakeOf(intake), bookings };
        const { value, replayed } = await app.beginCase({ ...asked, idempotency });
        const { body: answer, headers } = reply(await app.readCase({ who, deskId: params.desk, id: value.id }));
        const Location = apiUrl(apiPaths.staffCase, { desk: params.desk, id: value.id });
        return { body: answer, headers: { ...headers, Location }, replayed };
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffCase,
        id: 'readCase',
        summary: 'One case',
        description: 'The ETag is its version.',
        answer: { status: 200, description: 'The case', schema: schema.Case },
        problems: [403],
      },
      async ({ params, who }) => reply(await app.readCase({ who, deskId: params.desk, id: params.id })),
    ),

    secured(
      {
        method: 'patch',
        path: apiPaths.staffCase,
        id: 'changeCase',
        summary: 'Change a case, close it, or open it again',
        description: 'With the `version` that was read, or If-Match. What is absent stays as it is.',
        versioned: 'required',
        body: schema.CaseChange,
        answer: { status: 200, description: 'The case as it is now', schema: schema.Case },
        problems: [409],
      },
      async ({ params, body: { version, ...body }, who, req }) => {
        const about = { who, deskId: params.desk, id: params.id };
        const ifVersion = version ?? versionRequired(req, (await app.readCase(about)).found);
        return reply(await app.changeCase({ ...about, ifVersion, change: changeOf(body) }));
      },
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffCase,
        id: 'eraseCase',
        summary: 'Erase a case for its client',
        description: 'It cannot be taken back. The bookings of the chain are erased by their own ways.',
        versioned: 'required',
        answer: { status: 204, description: 'It is gone' },
      },
      async ({ params, who, req }) => {
        const about = { who, deskId: params.desk, id: params.id };
        const { found } = await app.readCase(about);
        await app.eraseCase({ ...about, ifVersion: versionRequired(req, found) });
        return {};
      },
    ),

    secured(
      {
        method: 'get',
        path: apiPaths.staffCaseData,
        id: 'exportCase',
        summary: 'All that is stored of a case, for its client',
        answer: { status: 200, description: 'As a file', schema: schema.CaseData },
        problems: [403],
      },
      async ({ params, who }) => {
        const { desk, found } = await app.readCase(
          { who, deskId: params.desk, id: params.id },
          { deed: 'case_exported' },
        );
        const trail = await storage.trail.about(found.id, MAX_TRAIL_LINES);
        return {
          body: caseDataJson(found, { desk, trail }),
          headers: { 'Content-Disposition': 'attachment; filename="case.json"' },
        };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffCaseAdvisors,
        id: 'shareCase',
        summary: 'Let a colleague read a case and change it',
        description: 'Twice is the same as once.',
        repeatable: true,
        body: schema.CaseAdvisorRequest,
        answer: { status: 200, description: 'The case as it is now', schema: schema.Case },
      },
      async ({ params, body, who }) =>
        reply(await app.shareCase({ who, deskId: params.desk, id: params.id, advisorId: body.advisor })),
    ),

    secured(
      {
        method: 'delete',
        path: apiPaths.staffCaseAdvisor,
        id: 'unshareCase',
        summary: 'Take an advisor out of a case',
        description: 'The last one stays.',
        answer: { status: 204, description: 'They may no longer read it' },
        problems: [409],
      },
      async ({ params, who }) => {
        await app.unshareCase({ who, deskId: params.desk, id: params.id, advisorId: params.advisor });
        return {};
      },
    ),
  ];
}

type Body = Omit<Json<typeof schema.CaseChange>, 'version'>;

function changeOf({ intake, steps, strategy, ...body }: Body): AskedChange {
  return {
    ...body,
    intake: intakeOf(intake),
    ...(strategy && { strategy }),
    steps: steps?.map(({ partner, ...step }) => ({ ...step, partnerId: partner })),
  };
}

function intakeOf(intake: Body['intake']) {
  if (!intake) return undefined;
  const { topic, ...rest } = intake;
  return { ...rest, topicId: topic };
}
