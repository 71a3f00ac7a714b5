import { HOUR, type Instant } from '../../domain/calendar/interval';
import { DomainError } from '../../domain/errors';
import { mailTextOf } from '../../domain/notifications/mailTexts';
import { assertWording } from '../../domain/notifications/textFaults';
import type { Caller } from '../../domain/staff/caller';
import { assertMayChangeTexts } from '../../domain/staff/rights';
import type { LanguageTag } from '../../domain/text';
import type { AppDeps } from '../deps';
import { type IdempotencyKey, type IdempotentAnswer, idempotently } from '../idempotently';
import type { Stores } from '../ports/storage';
import { deskOf } from './deskOf';
import { sampleFacts, wordedDesk } from './sampleMail';

/** @param userId the person who asks, and gets the mail; null: a program does, which has no mailbox */
type SendTrialMail = (request: {
  who: Caller;
  userId: string | null;
  deskId: string;
  key: string;
  language: LanguageTag;
  wording?: string | undefined;
  idempotency?: IdempotencyKey | undefined;
}) => Promise<IdempotentAnswer<{ readonly kind: string }>>;

/** More in an hour tell nobody anything new. */
const MAX_TRIAL_MAILS_PER_HOUR = 10;

/**
 * Mails the mail in which a text stands to whoever asks, at their own address and nobody else's. It says in its subject
 * that it is a trial, has no calendar entry, and its links lead to no booking.
 *
 * @throws DomainError `not-found`, `forbidden`, `too-many-requests`; `invalid` as `assertWording`, and for a program
 */
export function sendTrialMail({
  storage,
  now,
  ids,
  mailFacts,
  sender,
}: Pick<AppDeps, 'storage' | 'now' | 'ids' | 'mailFacts' | 'sender'>): SendTrialMail {
  return async ({ who, userId, deskId, key, language, wording, idempotency }) => {
    assertMayChangeTexts(who, deskId);
    const mailText = mailTextOf(key);
    if (!mailText) throw new DomainError('not-found');
    assertWording(mailText, wording === undefined ? {} : { [language]: wording });
    const at = now();
    return idempotently({ write: storage.write, now: at, desk: deskId }, idempotency, async (stores) => {
      const user = userId === null ? undefined : await stores.staff.findUser(userId);
      if (!user) throw new DomainError('invalid', { reason: 'a program has no mailbox: sign in as a person' });
      await assertFew(stores, { deskId, address: user.email, now: at });
      const desk = wordedDesk(await deskOf(stores, deskId), { key, language, wording });
      const to = { name: user.name, address: user.email };
      const made = { desk, mailText, language, now: at, id: ids.uuid(), to, organizer: sender(desk) };
      const facts = { ...sampleFacts(mailFacts, { ...made, calendar: false }), trial: true };
      await stores.outbox.queue({ deskId, bookingId: null, sequence: 0, facts, now: at });
      return { kind: facts.kind };
    });
  };
}

async function assertFew(
  { outbox }: Pick<Stores, 'outbox'>,
  { deskId, address, now }: { readonly deskId: string; readonly address: string; readonly now: Instant },
): Promise<void> {
  const sent = await outbox.mailedToAddress(deskId, address, now - HOUR);
  const [first = now] = sent.slice(-MAX_TRIAL_MAILS_PER_HOUR);
  if (sent.length >= MAX_TRIAL_MAILS_PER_HOUR)
    throw new DomainError('too-many-requests', { retryAfterSeconds: Math.ceil((first + HOUR - now) / 1000) });
}
