import type { z } from 'zod';
import type { Partner } from '../../domain/partner';
import { known } from '../../fields/schemas/checks';
import { PARTNER_FIELDS, partnerHolds } from '../../fields/schemas/partner';
import { type CellForm, type Cells, filled } from './cells';
import { missingTexts, textCells, textIn } from './textCells';

/** The texts of a partner; each has a cell for each language of clients' pages, such as `name.de`. */
export const PARTNER_TEXTS = ['name', 'description', 'hours', 'bring'] as const;

/** What else a partner has a cell for. */
export const PARTNER_CONTACTS = ['address', 'phone', 'email', 'website', 'bookingUrl', 'bookingDesk'] as const;

const PartnerCells = known(PARTNER_FIELDS).superRefine(partnerHolds);

/** A partner as cells. */
export const partnerForm: CellForm<Partner> = {
  cells(partner) {
    const texts = PARTNER_TEXTS.flatMap((field) => textCells(field, partner[field]));
    const contacts = PARTNER_CONTACTS.map((field): [string, string] => [field, partner[field] ?? '']);
    return filled(Object.fromEntries([...texts, ...contacts]));
  },

  read(id, cells, before) {
    const { success, data, error } = PartnerCells.safeParse({
      ...Object.fromEntries(
        PARTNER_TEXTS.map((field) => [field, textIn(cells, field, before?.[field]) ?? NONE[field]]),
      ),
      ...Object.fromEntries(PARTNER_CONTACTS.map((field) => [field, cells[field] || null])),
    });
    return success ? { part: { ...data, id } } : { errors: error.issues.map(cellError) };
  },
};

/** What stands for a text that is in no language: what every partner has is then refused in German and English. */
const NONE = { name: {}, description: {}, hours: null, bring: null } as const;

/** Returns how many texts of the partner, as far as it has them in German, lack in each language. */
export function missingInPartner(cells: Cells): Readonly<Record<string, number>> {
  return missingTexts(cells, PARTNER_TEXTS);
}

function cellError({ path, message }: z.core.$ZodIssue) {
  const [field = '', language] = path.map(String);
  const isText = PARTNER_TEXTS.some((each) => each === field);
  const detail = message.replace(/^Invalid (input|option): /, '');
  return { cell: isText ? `${field}.${language ?? 'de'}` : field, detail };
}
