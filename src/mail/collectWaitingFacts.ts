import type { CollectWaitingFacts } from '../app/ports/mailWriter';
import { deskFacts, MAIL_FACTS_SHAPE } from '../domain/notifications/mailFacts';
import { inLanguage } from '../domain/text';
import { isOpen, MAX_OFFERS } from '../domain/waiting/entry';
import { domainOf } from '../fields/mailAddress';
import { clientLocaleFor } from '../presentation/texts';
import { checkedMailbox } from './address';
import { mailboxOf, senderAddress } from './calendarFile';
import type { FactsDeps } from './collectMailFacts';

/**
 * Collects the facts of the mails to those who wait. The Message-ID follows from the entry and its version, so a mail
 * that is written twice is the same mail; all mails of one entry are one thread.
 */
export function collectWaitingFacts(deps: FactsDeps): CollectWaitingFacts {
  return ({ desk, entry, kind, offer, now }) => {
    const { client, topicId, languages, state, deadline } = entry;
    if (client.email === null) return null;
    const language = clientLocaleFor(client.language);
    const from = mailboxOf(deps, desk, language, senderAddress(deps, desk));
    const host = domainOf(from.address);
    const topic = desk.topics.find(({ id }) => id === topicId);
    const first = kind === 'waiting_joined';
    return {
      ...{ shape: MAIL_FACTS_SHAPE, texts: deps.textsVersion, kind, language, stamp: now, baseUrl: deps.baseUrl },
      ...{ recipient: 'client', method: null, from, to: checkedMailbox({ name: client.name, address: client.email }) },
      replyTo: checkedMailbox({ name: from.name, address: desk.email }),
      messageId: first ? `<waiting.${entry.id}@${host}>` : `<waiting.${entry.id}.${entry.version}@${host}>`,
      thread: first ? null : `<waiting.${entry.id}@${host}>`,
      desk: deskFacts(desk, language),
      waiting: {
        ...{ entryId: entry.id, topicId, topic: topic ? inLanguage(topic.name, language) : null },
        ...{ languages, state, deadline },
        offer: offer && { time: offer.time, language: offer.language, mode: offer.mode, until: offer.until },
        isForEarlier: entry.bookingId !== null,
        isOutOfOffers: !isOpen(entry) && entry.offers >= MAX_OFFERS,
      },
    };
  };
}
