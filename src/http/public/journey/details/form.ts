import { z } from 'zod';
import type { Details } from '../../../../domain/booking/booking';
import type { Draft } from '../../../../domain/booking/hold';
import { isCall, type Mode } from '../../../../domain/desk';
import type { LanguageTag } from '../../../../domain/text';
import { type ClientLocale, isClientLocale } from '../../../../presentation/texts';
import { DETAILS, fieldNames, readForm, toDetails } from '../../../pages/detailsSchema';

const Form = z.object(DETAILS);

/** The fields of the form by their names, in the order of the page. */
export const DETAIL_FIELDS = fieldNames(Form);
export type DetailField = (typeof DETAIL_FIELDS)[number];
/** Whether the booking is for somebody else; the draft stores it as well. */
const FOR_WHOM = 'forWhom';
/** The language of the mails; empty: that of the page. */
const MAIL_LANGUAGE = 'mailLanguage';
/** All fields of the form. */
export const DRAFT_FIELDS: readonly string[] = [...DETAIL_FIELDS, FOR_WHOM, MAIL_LANGUAGE];

/** Tells whether somebody else will be advised, so that the form also asks for whom. */
export function isForOthers(draft: Draft): boolean {
  return draft[FOR_WHOM] === 'others';
}

type DetailsResult = { readonly details: Omit<Details, 'answers'> } | { readonly wrong: readonly DetailField[] };

/**
 * Returns the client's details, or the wrong fields in the order of the page. For whom the booking is, is read only if
 * it is for somebody else; the phone number only for a call.
 *
 * @param page the language of the page, in which the mails are unless another was chosen
 */
export function readDetails(draft: Draft, mode: Mode, page: LanguageTag): DetailsResult {
  const forOthers = isForOthers(draft);
  const asked = {
    ...draft,
    ...(!isCall(mode) && { phone: '' }),
    ...(!forOthers && { organisation: '', personName: '' }),
  };
  const read = readForm(Form, asked, { mode, needed: forOthers ? ['personName'] : [] });
  return 'wrong' in read ? read : { details: toDetails(read.data, mailLanguage(draft) ?? page) };
}

/** Returns the language that was chosen for the mails; undefined: that of the page. */
export function mailLanguage(draft: Draft): ClientLocale | undefined {
  const chosen = draft[MAIL_LANGUAGE];
  return isClientLocale(chosen) ? chosen : undefined;
}
