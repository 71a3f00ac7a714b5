import { mailTextOf } from '../../../domain/notifications/mailTexts';
import { assertWording } from '../../../domain/notifications/textFaults';
import { assertMayChangeTexts } from '../../../domain/staff/rights';
import { apiPaths } from '../../../paths';
import type { HttpDeps } from '../../deps';
import type { SignedIn } from '../../middleware/staff';
import { type Operation, secured } from '../operation';
import { naming } from '../problems';
import * as schema from '../schemas';
import { seenDesk } from './sight';

type Deps = Pick<HttpDeps, 'app' | 'storage'>;

/** The operations that show a text in its mail, before it is saved or as it is. */
export function textMailOperations(deps: Deps): Operation[] {
  const { app } = deps;
  return [
    secured(
      {
        method: 'post',
        path: apiPaths.staffTextPreview,
        id: 'previewText',
        summary: 'The mail in which a text stands, as a client would get it',
        description: 'Nothing is changed or sent.',
        body: schema.TrialRequest,
        repeatable: true,
        answer: { status: 200, description: 'The mail', schema: schema.PreviewedMail },
      },
      async ({ params, body, who }) => {
        const { language, subject, html, text } = await app.previewMail(await wanted(deps, who, params, body));
        return { body: { language, subject, html, text } };
      },
    ),

    secured(
      {
        method: 'post',
        path: apiPaths.staffTextTrial,
        id: 'sendTrialMail',
        summary: 'Mail the mail in which a text stands to oneself',
        description:
          'To the address of the person who is signed in, and to nobody else; its subject says that it is a test. A program has no address: 422. Ten an hour.',
        body: schema.TrialRequest,
        answer: { status: 200, description: 'It is on its way', schema: schema.TrialMail },
        problems: [429],
      },
      async ({ params, body, who, idempotency }) => {
        const trial = { ...(await wanted(deps, who, params, body)), userId: who.userId, idempotency };
        const { value, replayed } = await app.sendTrialMail(trial);
        return { body: value, replayed };
      },
    ),
  ];
}

interface Tried {
  readonly language: string;
  readonly text?: string | undefined;
}

/** @throws DomainError `not-found`, `forbidden`; `invalid` that points at the text */
async function wanted(
  { storage }: Deps,
  who: SignedIn,
  { desk, key }: { desk: string; key: string },
  { language, text: wording }: Tried,
) {
  const { id: deskId } = await seenDesk(storage, who, desk);
  assertMayChangeTexts(who, deskId);
  const mailText = mailTextOf(key);
  if (mailText && wording !== undefined)
    naming(
      () => '/text',
      () => assertWording(mailText, { [language]: wording }),
    );
  return { who, deskId, key, language, wording };
}
