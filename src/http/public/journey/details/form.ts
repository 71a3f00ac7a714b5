import { z } from 'zod';
import { type Details, type Person, SUPPORT } from '../../../../domain/booking/booking';
import type { Draft } from '../../../../domain/booking/hold';
import { lacksAddress } from '../../../../domain/booking/reachable';
import { type Desk, isCall, type Mode, type Topic } from '../../../../domain/desk';
import type { LanguageTag } from '../../../../domain/text';
import * as rules from '../../../../fields/schemas';
import { type ClientLocale, isClientLocale } from '../../../../presentation/texts';
import { DETAILS, fieldNames, optionalEmail, readForm, toDetails } from '../../../pages/detailsSchema';
import { supportField, tickedSupport } from '../../../pages/supportFields';
import { FOR_WHOM, type ForWhom } from '../journey';

const Form = z.object({ ...DETAILS, email: optionalEmail });

/** The fields of the form by their names, in the order of the page. */
export const DETAIL_FIELDS = fieldNames(Form);
/** Whom the booking is for; the draft stores it as well. */
const WHOM = 'forWhom';
/** The language of the mails; empty: that of the page. */
const MAIL_LANGUAGE = 'mailLanguage';

/** The names of the fields for one of those who are advised. The first one's name is a field of every booking. */
interface PersonFields {
  readonly name: string;
  readonly email: string;
  readonly language: string;
}

/** Returns the fields for each of those who can be advised together. */
export function personFields({ maxPeople }: Pick<Topic, 'maxPeople'>): PersonFields[] {
  return Array.from({ length: maxPeople }, (_, i) => {
    const person = i === 0 ? 'person' : `person${i + 1}`;
    return { name: `${person}Name`, email: `${person}Email`, language: `${person}Language` };
  });
}

/** Returns the names of all fields of the form, without the topic's questions. */
export function draftFields(topic: Pick<Topic, 'maxPeople'>): string[] {
  const people = personFields(topic).flatMap(({ name, email, language }) => [name, email, language]);
  return [...new Set([...DETAIL_FIELDS, ...people, WHOM, MAIL_LANGUAGE, ...SUPPORT.map(supportField)])];
}

/** Returns whom the booking is for, so that the form also asks who that is. */
export function forWhom(draft: Draft): ForWhom {
  return FOR_WHOM.find((value) => value === draft[WHOM]) ?? 'me';
}

type DetailsResult = { readonly details: Omit<Details, 'answers'> } | { readonly wrong: readonly string[] };

interface DetailsAsked {
  readonly mode: Mode;
  readonly topic: Pick<Topic, 'maxPeople'>;
  readonly desk: Pick<Desk, 'withoutMail'>;
  /** The language of the page, in which the mails are unless another was chosen. */
  readonly page: LanguageTag;
}

/**
 * Returns the client's details, or the names of the wrong fields in the order of the page. Who is advised is read only
 * if that is not the client; the phone number only for a call, or in place of a mail address.
 */
export function readDetails(draft: Draft, { mode, topic, desk, page }: DetailsAsked): DetailsResult {
  const whom = forWhom(draft);
  const asked = {
    ...draft,
    ...(!isCall(mode) && !(desk.withoutMail && !draft.email) && { phone: '' }),
    ...(whom !== 'others' && { organisation: '' }),
    ...(whom === 'me' && { personName: '' }),
  };
  const language = mailLanguage(draft) ?? page;
  const needed = [
    ...(lacksAddress(asked, desk) ? (['email'] as const) : []),
    ...(whom === 'me' ? [] : (['personName'] as const)),
  ];
  const read = readForm(Form, asked, { mode, needed });
  const named = whom === 'others' ? readPeople(draft, personFields(topic), language) : { people: [], wrong: [] };
  const wrong = [...('wrong' in read ? read.wrong : []), ...named.wrong];
  if ('wrong' in read || wrong.length > 0) return { wrong };
  const support = tickedSupport(mode, draft);
  return { details: toDetails(read.data, language, { people: named.people, support }) };
}

/**
 * Returns those who are advised, if there are several or one has a mail address; otherwise their name alone is enough.
 * The first one's name is checked with the form.
 */
function readPeople(draft: Draft, fields: readonly PersonFields[], language: LanguageTag) {
  const wrong: string[] = [];
  const people = fields.flatMap((field, i): Person[] => {
    const name = rules.name.safeParse(draft[field.name]);
    const email = draft[field.email] ? rules.email.safeParse(draft[field.email]) : undefined;
    if (i > 0 && !name.success && (draft[field.name] || email)) wrong.push(field.name);
    if (email && !email.success) wrong.push(field.email);
    const chosen = draft[field.language];
    return name.success
      ? [{ name: name.data, email: email?.data ?? null, language: isClientLocale(chosen) ? chosen : language }]
      : [];
  });
  return { people: people.length > 1 || people.some(({ email }) => email !== null) ? people : [], wrong };
}

/** Returns whom the form names before anybody has: as the first page was told, or those whom employers ask for. */
export function usualWhom(topic: Pick<Topic, 'forEmployers'>, told: ForWhom | undefined): Draft {
  return { [WHOM]: told ?? (topic.forEmployers ? 'others' : 'me') };
}

/** Returns what somebody types again who books for the next one: their own details, but not whom it is for. */
export function typedAgain({ client, onBehalfOf }: Pick<Details, 'client' | 'onBehalfOf'>): Draft {
  const { name, email, phone, language } = client;
  return {
    name,
    email: email ?? '',
    phone: phone ?? '',
    [MAIL_LANGUAGE]: language,
    [WHOM]: onBehalfOf === null ? 'me' : onBehalfOf.organisation ? 'others' : 'family',
    organisation: onBehalfOf?.organisation ?? '',
  };
}

/** Returns the language that was chosen for the mails; undefined: that of the page. */
export function mailLanguage(draft: Draft): ClientLocale | undefined {
  const chosen = draft[MAIL_LANGUAGE];
  return isClientLocale(chosen) ? chosen : undefined;
}
