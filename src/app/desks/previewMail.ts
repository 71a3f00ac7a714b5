import { DomainError } from '../../domain/errors';
import { mailTextOf } from '../../domain/notifications/mailTexts';
import type { Mailbox, Message } from '../../domain/notifications/message';
import { assertWording } from '../../domain/notifications/textFaults';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeTexts } from '../../domain/staff/rights';
import type { LanguageTag } from '../../domain/text';
import type { AppDeps } from '../deps';
import type { ShowMail } from '../ports/mailWriter';
import { deskOf } from './deskOf';
import { SAMPLE_CLIENT, sampleFacts, wordedDesk } from './sampleMail';

/** @param wording the text as it would be; absent: as it is now */
type PreviewMail = (request: {
  who: Caller;
  deskId: string;
  key: string;
  language: LanguageTag;
  wording?: string | undefined;
}) => Promise<Message>;

/** It is shown, and never sent. */
const PREVIEW_ID = '00000000-0000-4000-8000-000000000000';
/** A greeting without a name is for those whose name could be no name. */
const NAMELESS: Mailbox = { ...SAMPLE_CLIENT, name: '' };

/**
 * Writes the mail in which a text stands as a client would get it, from an appointment that is made up.
 *
 * @throws DomainError `not-found`, `forbidden`; `invalid` as `assertWording`
 */
export function previewMail({
  storage,
  now,
  mailFacts,
  sender,
  showMail,
}: Pick<AppDeps, 'storage' | 'now' | 'mailFacts' | 'sender'> & { readonly showMail: ShowMail }): PreviewMail {
  return async ({ who, deskId, key, language, wording }) => {
    assertMayChangeTexts(who, deskId);
    const mailText = mailTextOf(key);
    if (!mailText) throw new DomainError('not-found');
    assertWording(mailText, wording === undefined ? {} : { [language]: wording });
    const desk = wordedDesk(await deskOf(storage, deskId), { key, language, wording });
    const to = key === 'mail.greeting' ? NAMELESS : SAMPLE_CLIENT;
    const made = { desk, mailText, language, now: now(), id: PREVIEW_ID, to, organizer: sender(desk) };
    return showMail(sampleFacts(mailFacts, { ...made, calendar: true }));
  };
}
