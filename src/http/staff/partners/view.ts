import type { PartnerEntry } from '../../../app/ports/deskStore';
import { type Desk, topicsOnOffer } from '../../../domain/desk';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import type { Reader } from '../../../presentation/texts';
import { missingInPartner, PARTNER_CONTACTS, partnerForm } from '../../parts/partnerCells';
import { csvLinks } from '../csvLists';

interface Facts {
  readonly desk: Desk;
  readonly entries: readonly PartnerEntry[];
  /** Ids of the retired partners that no topic names. */
  readonly unused: ReadonlySet<string>;
  /** What was done just now, and to which partner. */
  readonly done?: string | undefined;
  readonly doneId?: string | undefined;
  /** What was imported just now. */
  readonly imported?: string | undefined;
}

const DEEDS = ['saved', 'left', 'back', 'deleted'];

/** Returns the desk's partners, and those that are told no more. */
export function partnersView({ desk, entries, unused, done, doneId, imported }: Facts, reader: Reader) {
  const { t, locale } = reader;
  const href = (id: string) => url(paths.staffPartner, { desk: desk.id, id });
  const subject = entries.find(({ part }) => part.id === doneId);
  const name = subject ? inLanguage(subject.part.name, locale) : '';
  return {
    title: t('parts.partners.title'),
    lead: t('parts.partners.lead'),
    add: { href: url(paths.staffNewPartner, { desk: desk.id }), text: t('parts.partner.new') },
    csv: csvLinks({ desk, list: 'partners' }, reader),
    done: imported ?? (done && DEEDS.includes(done) ? t(`parts.partners.done.${done}`, { name }) : undefined),
    undo:
      done === 'left' && subject
        ? { href: href(subject.part.id), hidden: [{ name: 'step', value: 'back' }] }
        : undefined,
    version: subject?.version,
    entries: entries
      .filter(({ part }) => !part.retired)
      .map(({ part }) => ({
        ...{ id: part.id, name: inLanguage(part.name, locale), href: href(part.id) },
        facts: inLanguage(part.description, locale),
        ...(PARTNER_CONTACTS.every((field) => part[field] === null) && { warning: t('parts.partners.unreachable') }),
        ...standing(desk, part.id, reader),
        note: missingNote(partnerForm.cells(part), t),
      })),
    retiredTitle: t('parts.partners.retired'),
    retired: entries
      .filter(({ part }) => part.retired)
      .map(({ part, version }) => ({
        ...{ id: part.id, name: inLanguage(part.name, locale), href: href(part.id), version },
        back: t('parts.partners.bringBack'),
        remove: unused.has(part.id) ? t('parts.delete') : undefined,
      })),
  };
}

/** Returns how many topics name it; that none does is a warning. */
function standing(desk: Desk, partnerId: string, { t }: Reader) {
  const count = topicsOnOffer(desk).filter(({ partners }) => partners.includes(partnerId)).length;
  return count > 0 ? { more: t('parts.partners.topics', { count }) } : { warning: t('parts.partners.nowhere') };
}

function missingNote(cells: ReturnType<typeof partnerForm.cells>, t: Reader['t']): string | undefined {
  const count = Object.values(missingInPartner(cells)).filter((lacks) => lacks > 0).length;
  return count > 0 ? t('parts.topics.missingLanguages', { count }) : undefined;
}
