import type { PartnerEntry } from '../../../app/ports/deskStore';
import type { Desk } from '../../../domain/desk';
import type { Partner } from '../../../domain/partner';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { direction } from '../../../presentation/direction';
import { languageName } from '../../../presentation/format';
import { CLIENT_LOCALES, type Reader, type Texts } from '../../../presentation/texts';
import { partnerView as partnerAsSeen } from '../../pages/partnersView';
import type { CellError, Cells } from '../../parts/cells';
import { missingInPartner, PARTNER_TEXTS, partnerForm } from '../../parts/partnerCells';
import { isHouse, languageSections } from '../languageSections';
import { begunWith, carriedCells, changesView, errorsOf, mergeView } from '../partView';
import type { Sent } from '../sentPart';
import { partnerError, partnerWords } from './form';

/** Another desk of this program. */
export type OtherDesk = Pick<Desk, 'id' | 'name'>;

interface Facts {
  readonly desk: Desk;
  readonly desks: readonly OtherDesk[];
  readonly entry: PartnerEntry | undefined;
  readonly cells: Cells;
  readonly texts: Texts;
  /** The id that a new partner gets, so that two presses of the button enter one. */
  readonly newId?: string | undefined;
  readonly errors?: readonly CellError[] | undefined;
  readonly sent?: Extract<Sent<Partner>, { kind: 'preview' | 'merge' }> | undefined;
}

const MAX_LENGTHS: Readonly<Record<string, number>> = { address: 200, phone: 40 };
/** These have several lines. */
const LONG_TEXTS = ['description', 'hours', 'bring'];
/** Every partner has these. */
const NEEDED = ['name', 'description'];

/** Returns the form of a partner, and before it is saved what that would change and how clients would see it. */
export function partnerView(facts: Facts, reader: Reader) {
  const { desk, desks, entry, cells, errors = [], sent } = facts;
  const { t, locale } = reader;
  const told = errorsOf(errors, (error) => partnerError(error, cells, reader));
  const wrong = (id: string) => told.find(({ href }) => href === `#${id}`)?.text;
  const stored = entry ? partnerForm.cells(entry.part) : {};
  const words = partnerWords(desks, reader);
  const isRetired = entry?.part.retired;
  return {
    title: entry ? inLanguage(entry.part.name, locale) : t('parts.partner.new'),
    back: url(paths.staffPartners, { desk: desk.id }),
    action: entry
      ? url(paths.staffPartner, { desk: desk.id, id: entry.part.id })
      : url(paths.staffNewPartner, { desk: desk.id }),
    errors: told.length > 0 ? told : undefined,
    typedForm: 'partner',
    retired: isRetired ? t('parts.partner.isRetired') : undefined,
    merge:
      sent?.kind === 'merge'
        ? mergeView(sent.merge, { version: sent.entry.version, theirs: stored, words }, reader)
        : undefined,
    preview: sent?.kind === 'preview' ? previewOf(sent, facts, reader) : undefined,
    hidden: begunWith(entry?.version, stored),
    sections: [...textSections(cells, wrong, reader), contacts(cells, { wrong, desks }, reader)],
    leave: entry &&
      !isRetired && {
        version: entry.version,
        title: t('parts.partner.leave'),
        hint: t('parts.partner.leaveHint'),
        button: t('parts.partner.leave'),
      },
    bringBack: isRetired && { version: entry.version, text: t('parts.partner.bringBack') },
  };
}

function previewOf(sent: Extract<Sent<Partner>, { kind: 'preview' }>, facts: Facts, reader: Reader) {
  const { desks, texts, newId } = facts;
  const { cells, part, taken, entry } = sent;
  const stored = entry ? partnerForm.cells(entry.part) : {};
  const words = partnerWords(desks, reader);
  const missing = missingInPartner(cells);
  return {
    ...changesView(stored, cells, words, reader),
    taken: taken.length > 0 ? reader.t('parts.taken', { fields: taken.map(words.name).join(', ') }) : undefined,
    asSeen: CLIENT_LOCALES.map((tag) => ({
      ...{ language: languageName(reader.locale, tag), tag, dir: direction(tag) },
      partner: partnerAsSeen(part, { locale: tag, t: texts.in('client', tag) }),
      missing: missing[tag] ? reader.t('parts.topic.missing', { count: missing[tag] }) : undefined,
    })),
    hidden: [
      ...begunWith(entry?.version, stored),
      ...(newId ? [{ name: 'newId', value: newId }] : []),
      ...carriedCells(cells),
    ],
  };
}

type Wrong = (id: string) => string | undefined;

function textSections(cells: Cells, wrong: Wrong, reader: Reader) {
  const { t } = reader;
  const fieldsIn = (tag: string) =>
    PARTNER_TEXTS.map((field) => {
      const id = `${field}.${tag}`;
      return {
        ...(LONG_TEXTS.includes(field) ? { isArea: true } : { isInput: true }),
        ...{ id, label: t(`parts.partner.field.${field}`), value: cells[id] ?? '', error: wrong(id) },
        hint: t(`parts.partner.hint.${field}`),
        optional: !(isHouse(tag) && NEEDED.includes(field)),
        textLang: tag,
      };
    });
  return languageSections(missingInPartner(cells), fieldsIn, reader);
}

function contacts(
  cells: Cells,
  { wrong, desks }: { readonly wrong: Wrong; readonly desks: readonly OtherDesk[] },
  { t, locale }: Reader,
) {
  const field = (id: string) => ({
    ...{ id, label: t(`parts.partner.field.${id}`), value: cells[id] ?? '', error: wrong(id), optional: true },
  });
  const line = (id: string) => ({ ...field(id), isInput: true, ltr: id !== 'address', maxlength: MAX_LENGTHS[id] });
  const page = (id: string) => ({ ...line(id), hint: t(`parts.partner.hint.${id}`), inputmode: 'url' });
  const options = desks.map(({ id, name }) => ({
    ...{ value: id, text: inLanguage(name, locale), selected: id === cells.bookingDesk },
  }));
  return {
    id: 'contact',
    title: t('parts.partner.contact'),
    fields: [
      line('address'),
      { ...line('phone'), inputmode: 'tel' },
      { ...line('email'), inputmode: 'email' },
      page('website'),
      page('bookingUrl'),
      ...(desks.length > 0
        ? [
            {
              ...{ ...field('bookingDesk'), isSelect: true, options },
              ...{ hint: t('parts.partner.hint.bookingDesk'), placeholder: t('parts.partner.noDesk') },
            },
          ]
        : []),
    ],
  };
}
