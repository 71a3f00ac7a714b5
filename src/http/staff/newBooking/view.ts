import type { Response } from 'express';
import type { Instant } from '../../../domain/calendar/interval';
import type { Desk } from '../../../domain/desk';
import { likelyMeant } from '../../../fields/mailAddress';
import { assetUrl, paths, url } from '../../../paths';
import { reachOf } from '../../../presentation/reach';
import type { HttpDeps } from '../../deps';
import { signedIn } from '../desk';
import { carried, type Fields } from '../forms';
import { bookingLine } from '../line';
import { wordsOf } from '../words';
import {
  type AskedTopic,
  detailsForm,
  firstMailLanguage,
  type NewBookingDetails,
  toldFields,
  type WrongFields,
} from './form';
import { type KnownSlotQuery, QUERY_FIELDS } from './query';

type Deps = Pick<HttpDeps, 'app' | 'now' | 'ids' | 'turn'>;

/** A time that was chosen for a query, and everything that was typed. */
export interface Chosen {
  readonly desk: Desk;
  readonly query: KnownSlotQuery;
  readonly start: Instant;
  readonly fields: Fields;
}

const NOTHING_WRONG: WrongFields = { fields: [], answers: [] };

/** Returns the topic and the mode, on which the questions of the form depend. */
export function askedOf({ desk, query }: Pick<Chosen, 'desk' | 'query'>): AskedTopic {
  const topic = desk.topics.find(({ id }) => id === query.topicId);
  if (!topic) throw new Error('a query for a topic that the desk does not know');
  return { topic, mode: query.mode };
}

/** Shows the form about the caller with what was typed. If `wrong` is absent, it has not been sent yet. */
export function showDetails(deps: Deps, res: Response, chosen: Chosen, wrong?: WrongFields): void {
  const { query, start, fields } = chosen;
  const isNew = fields.name === undefined;
  const first = { source: start <= deps.now() ? 'walk_in' : 'phone', mailLanguage: firstMailLanguage(query.language) };
  const isRefused = wrong !== undefined && wrong.fields.length + wrong.answers.length > 0;
  res.status(isRefused ? 422 : 200).render('pages/staff/newBooking/details', {
    ...chosenView(res, chosen),
    ...detailsForm(isNew ? first : fields, wrong ?? NOTHING_WRONG, { ...askedOf(chosen), ...res.locals }),
    title: res.locals.t('staff.new.detailsTitle'),
    // The address contains the form's key, so that "back" finds what was typed into it.
    hidden: carried({ ...fields, key: fields.key || fields.typed || deps.ids.uuid() }, [
      ...QUERY_FIELDS,
      'start',
      'key',
    ]),
    typedForm: 'details',
  });
}

/** Shows everything once more before it is booked, with who will be told, and other bookings under the same name. */
export async function showCheck(
  deps: Deps,
  res: Response,
  { told, refusal, ...chosen }: Chosen & { told: NewBookingDetails; refusal?: { status: number; text: string } },
): Promise<void> {
  const { t } = res.locals;
  const { desk, fields } = chosen;
  const words = wordsOf(desk, res.locals);
  const { client, attendees, onBehalfOf, note, answers } = told.details;
  const { email, phone } = reachOf(client);
  const row = (key: string, value: string | number | null) =>
    value === null ? [] : [{ key: t(`staff.field.${key}`), value }];
  // To use a form again after a refusal, it needs another key.
  const key = refusal ? deps.ids.uuid() : fields.key || deps.ids.uuid();
  res.status(refusal?.status ?? 200).render('pages/staff/newBooking/check', {
    ...chosenView(res, chosen),
    title: t('staff.new.checkTitle'),
    refusal: refusal?.text,
    rows: [
      ...row('client', client.name),
      ...row('phone', phone),
      ...row('email', email),
      ...row('attendees', attendees > 1 ? attendees : null),
      ...row('onBehalfOf', onBehalfOf && [onBehalfOf.name, onBehalfOf.organisation].filter(Boolean).join(', ')),
      ...row('note', note),
      ...words.answers('staff', { topicId: chosen.query.topicId, answers }),
      { key: t('staff.new.contact'), value: t(`staff.source.${told.source}`) },
    ],
    notice: email
      ? t('staff.notice.mail', { name: client.name, email, language: words.mailLanguage({ client }) })
      : t('staff.notice.slip', { name: client.name }),
    meant: likelyMeant(client.email ?? ''),
    hasMail: client.email !== null,
    submit: t(client.email ? 'staff.new.submitMail' : 'staff.new.submit'),
    same: await sameName(deps, res, { desk, name: client.name }).then((found) =>
      found.map((booking) => bookingLine(booking, desk, { words })),
    ),
    hidden: carried({ ...fields, key }, [...QUERY_FIELDS, ...toldFields(askedOf(chosen).topic), 'start', 'key']),
  });
}

const MAX_NAMESAKES = 5;

/** Returns future bookings under this name, as the caller may already have one. */
async function sameName({ app, now }: Deps, res: Response, { desk, name }: { desk: Desk; name: string }) {
  const range = { start: now() };
  const asked = { deskId: desk.id, text: name, range, nearestTo: range.start, status: 'confirmed' } as const;
  return (await app.searchBookings(signedIn(res), { ...asked, limit: MAX_NAMESAKES })).bookings;
}

/** Returns what has been chosen so far. */
function chosenView(res: Response, { desk, query, start }: Chosen) {
  const words = wordsOf(desk, res.locals);
  const chosen = [words.topic(query.topicId), words.language(query.language), words.mode(query.mode)];
  if (query.advisorId) chosen.push(words.advisor(query.advisorId));
  if (query.urgent) chosen.push(res.locals.t('staff.field.urgent'));
  return {
    action: url(paths.staffNewBooking, { desk: desk.id }),
    when: `${words.time.date(start)}, ${words.time.time(start)}`,
    what: chosen,
    styles: [assetUrl('staff.css')],
  };
}
